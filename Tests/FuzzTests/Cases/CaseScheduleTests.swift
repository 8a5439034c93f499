import Contract
import JSON
import JSONSchema
import Testing

@testable import Fuzz
@testable import Generation

struct CaseScheduleTests {
  private func limits(_ phases: Set<FuzzPhase>) -> CaseLimits {
    CaseLimits(seed: 5, phases: phases, maximumSteps: 10, maximumConnections: 3)
  }

  /// What the cases of a phase send, by the names of the messages.
  private func sent(_ phase: FuzzPhase) throws -> [String: [JSONValue]] {
    let vocabulary = try Vocabulary(RoomsAPI.index())
    var schedule = CaseSchedule(vocabulary, limits([phase]))
    var sent: [String: [JSONValue]] = [:]
    while let planned = schedule.next() {
      #expect(planned.phase == phase)
      var planner = CasePlanner(
        vocabulary: vocabulary,
        source: planned.source,
        maximumConnections: 3
      )
      #expect(planner.sockets.count == 1)
      for _ in 0..<10 {
        guard let step = try planner.next() else { break }
        guard case .send(let entry, let payload, isPipelined: false) = step.kind else {
          Issue.record("\(step)")
          continue
        }
        let message = vocabulary.entries[entry].message
        #expect(message.payload.isValid(payload))
        sent[message.name, default: []].append(payload)
      }
    }
    return sent
  }

  @Test func `the boundaries of every message are sent, each valid`() throws {
    let sent = try sent(.coverage)
    #expect(Set(sent.keys) == ["ask", "watch", "note", "count"])
    let lengths = (sent["note"] ?? []).compactMap { $0["text"]?.stringValue?.unicodeScalars.count }
    #expect(Set(lengths).isSuperset(of: [0, 1, 39, 40]))
    #expect(lengths.allSatisfy { $0 <= 40 })
  }

  @Test func `phases follow each other, and chance goes on without end`() throws {
    let vocabulary = try Vocabulary(RoomsAPI.index())
    var schedule = CaseSchedule(vocabulary, limits([.coverage, .random]))
    var phases: [FuzzPhase] = []
    for number in 1...400 {
      let next = schedule.next()
      let planned = try #require(next)
      #expect(planned.number == number)
      if phases.last != planned.phase { phases.append(planned.phase) }
    }
    #expect(phases == [.coverage, .random])
  }

  @Test func `chance is the same whatever comes before it`() throws {
    let vocabulary = try Vocabulary(RoomsAPI.index())
    func first(_ phases: Set<FuzzPhase>) throws -> JSONValue? {
      var schedule = CaseSchedule(vocabulary, limits(phases))
      while let planned = schedule.next() {
        guard planned.phase == .random else { continue }
        var planner = CasePlanner(
          vocabulary: vocabulary,
          source: planned.source,
          maximumConnections: 3
        )
        if case .send(_, let payload, _)? = try planner.next()?.kind { return payload }
        return nil
      }
      return nil
    }
    let alone = try #require(try first([.random]))
    #expect(try first([.examples, .coverage, .random]) == alone)
  }

  @Test func `each thing that can be said wrongly is said once, alone`() throws {
    let vocabulary = try Vocabulary(RoomsAPI.index(), mode: .invalid)
    let inputs = try #require(vocabulary.inputs)
    var limits = limits([.coverage])
    limits.mode = .invalid
    var schedule = CaseSchedule(vocabulary, limits)
    var labels: [String] = []
    while let planned = schedule.next() {
      var planner = CasePlanner(
        vocabulary: vocabulary,
        source: planned.source,
        maximumConnections: 3
      )
      let step = try #require(try planner.next())
      guard case .input(let input) = step.kind else {
        Issue.record("\(step)")
        continue
      }
      labels.append(input.label)
      #expect(try planner.next()?.connection == nil)
    }
    let listed = inputs.forms.flatMap { $0.listed.prefix($0.siteCount).map(\.label) }
    let expected = Set(listed + FrameForm.allCases.map(\.rawValue))
    #expect(Set(labels).isSuperset(of: expected))
    #expect(Set(labels).isSuperset(of: inputs.forms[3].texts.map(\.label)))
    #expect(labels.count == Set(labels).count)
  }
}
