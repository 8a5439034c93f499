import Contract
import JSON
import Pact
import Testing

@testable import Verify

struct ReplyJudgeTests {
  static let stream = Interaction(
    description: "send_message is answered with a stream",
    content: .exchange(
      request: message(["type": "send_message", "request_id": "r1"]),
      responses: [
        message(["type": "stream_start", "request_id": "r1"]),
        message(
          ["type": "stream_chunk", "request_id": "r1", "index": 0],
          rules: [.init(path: "$.index", matchers: [.integer])]
        ),
        message(["type": "stream_end", "request_id": "r1"]),
      ]
    ),
    facts: WebSocketFacts(
      responses: [
        ResponseFacts(message: "stream_start"),
        ResponseFacts(message: "stream_chunk", minimum: 1, maximum: nil),
        ResponseFacts(message: "stream_end"),
      ],
      identity: JSONPointer(tokens: ["type"]),
      correlation: CorrelationFacts(
        request: JSONPointer(tokens: ["request_id"]),
        response: JSONPointer(tokens: ["request_id"])
      )
    )
  )

  struct Example: CustomTestStringConvertible {
    let name: String
    let heard: [JSONValue]
    let progress: ReplyJudge.Progress
    let rules: [String]
    var testDescription: String { name }
  }

  static let start: JSONValue = ["type": "stream_start", "request_id": "r1"]
  static let chunk: JSONValue = ["type": "stream_chunk", "request_id": "r1", "index": 7]
  static let end: JSONValue = ["type": "stream_end", "request_id": "r1"]
  static let push: JSONValue = ["type": "agent_event"]

  static let examples = [
    Example(
      name: "the whole stream",
      heard: [start, chunk, end],
      progress: .complete,
      rules: []
    ),
    Example(
      name: "a chunk that comes three times, and a push between",
      progress: .complete,
      rules: [],
      heard: [start, chunk, push, chunk, chunk, end]
    ),
    Example(
      name: "the end is still missing",
      heard: [start, chunk],
      progress: .waiting,
      rules: []
    ),
    Example(
      name: "no chunk before the end",
      heard: [start, end],
      progress: .complete,
      rules: ["missing-reply"]
    ),
    Example(
      name: "a chunk whose index is text",
      progress: .complete,
      rules: ["reply-mismatch"],
      heard: [start, ["type": "stream_chunk", "request_id": "r1", "index": "7"], end]
    ),
    Example(
      name: "another request's id",
      progress: .complete,
      rules: ["reply-mismatch"],
      heard: [["type": "stream_start", "request_id": "r2"], chunk, end]
    ),
    Example(
      name: "an error for this request in place of the stream",
      progress: .refuted,
      rules: ["wrong-answer"],
      heard: [["type": "error", "request_id": "r1"]]
    ),
    Example(
      name: "an error for another request",
      progress: .waiting,
      rules: [],
      heard: [["type": "error", "request_id": "r9"]]
    ),
    Example(
      name: "the start twice",
      progress: .refuted,
      rules: ["wrong-answer"],
      heard: [start, start]
    ),
  ]

  @Test(arguments: examples)
  func `replies are told from other messages and judged in order`(example: Example) {
    var judge = ReplyJudge(Self.stream, connection: "main")
    for (index, value) in example.heard.enumerated() {
      _ = judge.received(Self.incoming(value, frame: index + 2))
    }
    #expect(judge.progress == example.progress)
    #expect(judge.findings.map(\.rule) == example.rules)
  }

  @Test
  func `a mismatch names the path, what was expected, what came, the rule and the frame`() throws {
    var judge = ReplyJudge(Self.stream, connection: "main")
    _ = judge.received(Self.incoming(Self.start, frame: 2))
    _ = judge.received(
      Self.incoming(
        ["type": "stream_chunk", "request_id": "r1", "index": .number(JSONNumber(0.5))],
        frame: 3
      )
    )
    let finding = try #require(judge.findings.first)
    #expect(finding.message.contains("stream_chunk"))
    #expect(finding.message.contains("$.index"))
    #expect(finding.pointer == JSONPointer(tokens: ["index"]))
    #expect(finding.traffic == TrafficLocation(connection: "main", frame: 3))
    #expect(finding.details.contains { $0.contains("integer at $.index") })
  }

  @Test
  func `what is missing is named together with what came in its place`() throws {
    var judge = ReplyJudge(Self.stream, connection: "main")
    _ = judge.received(Self.incoming(Self.push, frame: 2))
    judge.ended(because: "nothing more came within 5s")
    let finding = try #require(judge.findings.first)
    #expect(judge.progress == .refuted)
    #expect(finding.rule == "missing-reply")
    #expect(finding.message == "stream_start did not come: nothing more came within 5s")
    #expect(
      finding.details == [
        #"heard     frame 2: {"type":"agent_event"}"#,
        "nearest   frame 2, 2 differences from stream_start",
        "  $.request_id: the member 'request_id' is missing [required]",
        #"  $.type: found "agent_event" (string), expected "stream_start" (string) [equality]"#,
      ]
    )
  }

  @Test
  func `replies in any order are accepted when the contract says so`() {
    var interaction = Self.stream
    interaction.facts.repliesInAnyOrder = true
    interaction.facts.responses[1].maximum = 1
    var judge = ReplyJudge(interaction, connection: "main")
    for (index, value) in [Self.end, Self.start, Self.chunk].enumerated() {
      #expect(judge.received(Self.incoming(value, frame: index + 2)) == .claimed)
    }
    #expect(judge.progress == .complete)
    #expect(judge.findings.isEmpty)
  }

  static func message(
    _ value: JSONValue,
    rules: [MatchingRules.Entry] = []
  ) -> InteractionMessage {
    InteractionMessage(
      contents: .json(value, contentType: "application/json"),
      matchingRules: MatchingRules(body: rules)
    )
  }

  static func incoming(_ value: JSONValue, frame: Int) -> IncomingMessage {
    IncomingMessage(message: ReceivedMessage(bytes: value.bytes(), isText: true), frame: frame)
  }
}

extension ReplyJudgeTests.Example {
  init(name: String, progress: ReplyJudge.Progress, rules: [String], heard: [JSONValue]) {
    self.init(name: name, heard: heard, progress: progress, rules: rules)
  }
}

extension ReplyJudgeTests {
  @Test func `a reply that did not come is told with the nearest message that did`() throws {
    var stream = Self.stream
    stream.facts.correlation = nil
    var judge = ReplyJudge(stream, connection: "main")
    _ = judge.received(Self.incoming(["type": "agent_event"], frame: 2))
    _ = judge.received(Self.incoming(["type": "stream_begin", "request_id": "r1"], frame: 3))
    judge.ended(because: "nothing more came within 5s")
    let finding = try #require(judge.findings.first)
    #expect(
      finding.details == [
        #"heard     frame 2: {"type":"agent_event"}"#,
        #"heard     frame 3: {"type":"stream_begin","request_id":"r1"}"#,
        "nearest   frame 3, 1 difference from stream_start",
        #"  $.type: found "stream_begin" (string), expected "stream_start" (string) [equality]"#,
      ]
    )
  }
}
