import Contract
import JSON
import JSONSchema
import Testing

@testable import Fuzz
@testable import Generation

struct CasePlannerTests {
  private func plan(
    _ source: ChoiceSource,
    steps: Int = 30
  ) throws -> (payloads: [JSONValue], messages: [String], log: ChoiceLog) {
    let vocabulary = try Vocabulary(RoomsAPI.index())
    var planner = CasePlanner(vocabulary: vocabulary, source: source, maximumConnections: 3)
    var payloads: [JSONValue] = []
    var messages: [String] = []
    for _ in 0..<steps {
      guard let step = try planner.next() else { break }
      if case .send(let entry, let payload, _) = step.kind {
        #expect(vocabulary.entries[entry].message.payload.isValid(payload))
        planner.remember(payload, as: vocabulary.entries[entry].message)
        payloads.append(payload)
        messages.append(vocabulary.entries[entry].message.name)
      }
    }
    return (payloads, messages, planner.source.log)
  }

  @Test(arguments: UInt64(1)...20)
  func `a log that is played again gives the same payloads`(seed: UInt64) throws {
    let first = try plan(ChoiceSource(seed: seed))
    let again = try plan(ChoiceSource(replaying: first.log))
    #expect(again.payloads == first.payloads)
    #expect(again.log == first.log)
  }

  @Test(arguments: UInt64(1)...20)
  func `no two requests of a case have the same id`(seed: UInt64) throws {
    let payloads = try plan(ChoiceSource(seed: seed)).payloads
    let ids = payloads.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `a step that is left out leaves the others as they were`() throws {
    let plans = try (UInt64(1)...20).map { try plan(ChoiceSource(seed: $0)) }
    let first = try #require(plans.first { $0.payloads.count >= 4 && $0.log.stepCount >= 4 })
    let steps = first.log.spans.indices.filter { first.log.spans[$0].label == .step }
    let shorter = first.log.removing(part: steps[1])
    let again = try plan(ChoiceSource(replaying: shorter))
    #expect(again.payloads.count == first.payloads.count - 1)
    #expect(again.payloads.first == first.payloads.first)
    #expect(again.payloads[1]["type"] == first.payloads[2]["type"])
  }

  @Test(arguments: UInt64(1)...10)
  func `payloads given by themselves stay as they are whatever is left out`(seed: UInt64) throws {
    let first = try plan(ChoiceSource(seed: seed))
    let vocabulary = try Vocabulary(RoomsAPI.index())
    let sent = zip(first.messages, first.payloads).map { ($0, $1) }
    let literal = try #require(first.log.literal(sent, vocabulary))
    let same = try plan(ChoiceSource(replaying: literal))
    #expect(same.payloads == first.payloads)
    #expect(same.log.stepCount == first.log.stepCount)
    var number = 0
    for part in literal.spans.indices where literal.spans[part].label == .step {
      let fewer = try plan(ChoiceSource(replaying: literal.removing(part: part))).payloads
      guard fewer.count < first.payloads.count else { continue }
      var expected = first.payloads
      expected.remove(at: number)
      #expect(fewer == expected)
      number += 1
    }
  }

  @Test func `nothing decided is an empty case`() throws {
    #expect(try plan(ChoiceSource(replaying: ChoiceLog())).payloads.isEmpty)
  }

  @Test func `rooms that were used are used again`() throws {
    let rooms = try (UInt64(1)...30).flatMap { seed in
      try plan(ChoiceSource(seed: seed)).payloads.compactMap { $0["room"] }
    }
    #expect(Set(rooms).count * 2 < rooms.count)
  }

  @Test func `what is valid stays as it is, whatever invalid input there may be`() throws {
    var digest = ByteDigest()
    for seed in UInt64(1)...20 {
      for payload in try plan(ChoiceSource(seed: seed)).payloads { digest.add(payload.bytes()) }
    }
    #expect(digest.value == 15_492_536_661_003_709_344)
  }

  @Test(arguments: [
    (FuzzTempo.patient, 0.0..<0.2), (.bursts, 0.9..<1.0), (.mixed, 0.2..<0.6),
  ])
  func `the tempo decides how many messages do not wait for an answer`(
    tempo: FuzzTempo,
    share: Range<Double>
  ) throws {
    let vocabulary = try Vocabulary(RoomsAPI.index(), tempo: tempo)
    var (all, pipelined) = (0, 0)
    for seed in UInt64(1)...200 {
      var planner = CasePlanner(
        vocabulary: vocabulary,
        source: ChoiceSource(seed: seed),
        maximumConnections: 1
      )
      while all < Int(seed) * 30, let step = try planner.next() {
        guard step.isSend else { continue }
        all += 1
        if step.isPipelined { pipelined += 1 }
      }
    }
    #expect(share.contains(Double(pipelined) / Double(all)))
  }
}
