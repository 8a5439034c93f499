import Contract
import JSON
import Pact
import Testing

@testable import Verify

/// Replies that repeat, and replies that come in any order.
struct ReplyCountTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let interaction: Interaction
    let heard: [JSONValue]
    var progress = ReplyJudge.Progress.complete
    /// Rule and message of each finding, after the time is over.
    var findings: [String] = []
    var testDescription: String { why }
  }

  private static let (start, chunk, end) = (
    ReplyJudgeTests.start, ReplyJudgeTests.chunk, ReplyJudgeTests.end
  )

  /// A stream with so many chunks.
  private static func stream(_ minimum: Int, _ maximum: Int?) -> Interaction {
    var interaction = ReplyJudgeTests.stream
    interaction.facts.responses[1].minimum = minimum
    interaction.facts.responses[1].maximum = maximum
    return interaction
  }

  private static func chunks(_ count: Int) -> [JSONValue] {
    [start] + Array(repeating: chunk, count: count) + [end]
  }

  private static func anyOrder(_ interaction: Interaction) -> Interaction {
    var interaction = interaction
    interaction.facts.repliesInAnyOrder = true
    return interaction
  }

  /// Two replies of one kind, which differ in a value.
  private static let twins = anyOrder(
    Interaction(
      description: "ask",
      content: .exchange(
        request: ReplyJudgeTests.message(["type": "ask", "id": 1]),
        responses: [
          ReplyJudgeTests.message(["type": "part", "id": 1, "of": "head"]),
          ReplyJudgeTests.message(["type": "part", "id": 1, "of": "tail"]),
        ]
      ),
      facts: WebSocketFacts(
        identity: JSONPointer(tokens: ["type"]),
        correlation: CorrelationFacts(
          request: JSONPointer(tokens: ["id"]),
          response: JSONPointer(tokens: ["id"])
        )
      )
    )
  )

  private static func part(_ name: JSONValue) -> JSONValue {
    ["type": "part", "id": 1, "of": name]
  }

  static let repeats = [
    Example(why: "the least number", interaction: stream(2, 3), heard: chunks(2)),
    Example(why: "the greatest number", interaction: stream(2, 3), heard: chunks(3)),
    Example(
      why: "one too few",
      interaction: stream(2, 3),
      heard: chunks(1),
      findings: [
        "missing-reply: stream_chunk did not come (1 of at least 2): stream_end came in its place"
      ]
    ),
    Example(
      why: "one too many",
      interaction: stream(2, 3),
      heard: chunks(4),
      progress: .refuted,
      findings: ["wrong-answer: another message came in place of stream_end"]
    ),
    Example(why: "none where none has to come", interaction: stream(0, nil), heard: chunks(0)),
    Example(why: "many where there is no bound", interaction: stream(0, nil), heard: chunks(40)),
    Example(
      why: "the time is over before there are enough",
      interaction: stream(3, 3),
      heard: [start, chunk, chunk],
      progress: .refuted,
      findings: ["missing-reply: stream_chunk did not come (2 of at least 3): the time is over"]
    ),
  ]

  static let groups = [
    Example(
      why: "backwards",
      interaction: anyOrder(stream(1, 1)),
      heard: [end, chunk, start]
    ),
    Example(
      why: "repeats between the others",
      interaction: anyOrder(stream(1, nil)),
      heard: [chunk, end, chunk, start, chunk],
      progress: .satisfied
    ),
    Example(
      why: "repeats up to the bound",
      interaction: anyOrder(stream(1, 2)),
      heard: [chunk, end, chunk, start]
    ),
    Example(
      why: "one that comes twice",
      interaction: anyOrder(stream(1, 1)),
      heard: [start, start],
      progress: .refuted,
      findings: ["wrong-answer: another message came in place of stream_chunk"]
    ),
    Example(
      why: "one that does not come",
      interaction: anyOrder(stream(1, 1)),
      heard: [end, chunk],
      progress: .refuted,
      findings: ["missing-reply: stream_start did not come: the time is over"]
    ),
    Example(
      why: "one with a wrong value",
      interaction: anyOrder(stream(1, 1)),
      heard: [end, ["type": "stream_chunk", "request_id": "r1", "index": "x"], start],
      findings: [#"reply-mismatch: stream_chunk: $.index: found "x" (string), expected an integer"#]
    ),
    Example(
      why: "two of one kind are told apart by their values",
      interaction: twins,
      heard: [part("tail"), part("head")]
    ),
    Example(
      why: "one of two of a kind comes twice",
      interaction: twins,
      heard: [part("tail"), part("tail")],
      findings: [
        #"reply-mismatch: reply 1: $.of: found "tail" (string), expected "head" (string)"#
      ]
    ),
  ]

  @Test(arguments: repeats + groups)
  func `replies are counted within their bounds, in order or in any`(example: Example) {
    var judge = ReplyJudge(example.interaction, connection: "main")
    for (index, value) in example.heard.enumerated() {
      #expect(judge.received(ReplyJudgeTests.incoming(value, frame: index + 2)) == .claimed)
    }
    judge.ended(because: "the time is over")
    #expect(judge.progress == example.progress)
    #expect(judge.findings.map { "\($0.rule): \($0.message)" } == example.findings)
  }
}
