import Contract
import Generation
import JSON
import Testing

@testable import Fuzz

struct StepTraceTests {
  @Test(arguments: UInt64(1)...20)
  func `a case that is taken apart and put together says the same of other boxes`(
    seed: UInt64
  ) throws {
    var boxes = try BoxesCase()
    let run = try boxes.play(ChoiceSource(seed: seed))
    let trace = try #require(StepTrace(run, boxes.vocabulary))
    boxes.firstBox = 71
    let again = try boxes.play(ChoiceSource(replaying: trace.log { _ in true }))
    #expect(again.saidOfBoxes == run.saidOfBoxes)
  }

  @Test(arguments: UInt64(1)...20)
  func `steps that are left out do not change which box the others mean`(seed: UInt64) throws {
    var boxes = try BoxesCase()
    let run = try boxes.play(ChoiceSource(seed: seed))
    let trace = try #require(StepTrace(run, boxes.vocabulary))
    boxes.firstBox = 71
    // Everything but what makes boxes, which the others are about.
    let sends = trace.steps.indices.filter { trace.steps[$0].payload != nil }
    for (number, place) in sends.enumerated() {
      let entry = try #require(trace.steps[place].payload?.entry)
      guard boxes.vocabulary.entries[entry].message.name != "make" else { continue }
      let fewer = try boxes.play(ChoiceSource(replaying: trace.log { $0 != place }))
      var expected = run.saidOfBoxes
      expected.remove(at: number)
      #expect(fewer.saidOfBoxes == expected)
    }
  }

  @Test func `several cases become one, with their connections closed in between`() throws {
    let boxes = try BoxesCase()
    let runs = try [3, 4].map { try boxes.play(ChoiceSource(seed: $0), steps: 6) }
    let trace = try #require(StepTrace(runs, boxes.vocabulary))
    let merged = try boxes.play(ChoiceSource(replaying: trace.log { _ in true }))
    #expect(merged.saidOfBoxes.count == runs[0].saidOfBoxes.count + runs[1].saidOfBoxes.count)
    let closes = merged.actions.count { if case .close = $0 { true } else { false } }
    #expect(closes >= 1)
  }

  @Test func `the foundation of a step is what it is about and what it requires`() throws {
    let boxes = try BoxesCase()
    let conversation = SeedConversation(
      origin: "test",
      lines: [
        line(["type": "enter", "id": 1]), answer(["type": "entered", "id": 1]),
        line(["type": "make", "id": 2]), answer(["type": "seen", "id": 2, "box": "first box"]),
        line(["type": "make", "id": 3]), answer(["type": "seen", "id": 3, "box": "second box"]),
        line(["type": "look", "id": 4, "box": "second box"]),
        line(["type": "look", "id": 5, "box": "first box"]),
      ]
    )
    let trace = try #require(taken(conversation, boxes))
    #expect(trace.foundation(boxes.vocabulary) == [0, 1, 4])
    let run = try boxes.play(ChoiceSource(replaying: trace.log { _ in true }))
    #expect(run.saidOfBoxes == ["enter", "make", "make", "look 1", "look 0"])
  }

  @Test func `a recorded conversation with nothing to say is none`() throws {
    let boxes = try BoxesCase()
    let strange = SeedConversation(origin: "test", lines: [line(["type": "unheard of"])])
    #expect(taken(strange, boxes) == nil)
  }

  private func taken(_ conversation: SeedConversation, _ boxes: BoxesCase) -> StepTrace? {
    StepTrace(
      conversation,
      boxes.index,
      boxes.vocabulary,
      CaseLimits(seed: 1, phases: [], maximumSteps: 30, maximumConnections: 3)
    )
  }

  private func line(_ payload: JSONValue) -> SeedConversation.Line {
    SeedConversation.Line(connection: "a", isFromConsumer: true, payload: payload)
  }

  private func answer(_ payload: JSONValue) -> SeedConversation.Line {
    SeedConversation.Line(connection: "a", isFromConsumer: false, payload: payload)
  }
}
