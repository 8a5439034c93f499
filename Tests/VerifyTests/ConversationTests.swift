import Contract
import JSON
import Pact
import Testing
import WebSocket

@testable import Verify

struct ConversationTests {
  private func interaction(
    _ description: String,
    on connection: String? = nil,
    position: Int = 1,
    after trigger: String? = nil,
    states: [String] = []
  ) -> Interaction {
    Interaction(
      description: description,
      providerStates: states.map { ProviderState(name: $0) },
      content: .push(InteractionMessage(contents: .missing)),
      facts: WebSocketFacts(
        connection: connection.map { ConnectionFacts(path: "/\($0)") },
        conversation: connection.map { ConversationFacts(name: $0, position: position) },
        trigger: trigger.map { .interaction($0) }
      )
    )
  }

  @Test func `interactions of one connection are played in the order of their positions`() {
    let all = Conversation.all(of: [
      interaction("b", on: "main", position: 2), interaction("a", on: "main", position: 1),
      interaction("alone"),
    ])
    #expect(all.map { $0.interactions.map(\.description) } == [["a", "b"], ["alone"]])
    #expect(all.map(\.name) == ["main", "alone"])
  }

  @Test func `connections that hear what another one causes are played together`() throws {
    let all = Conversation.all(of: [
      interaction("follow", on: "listener", position: 1),
      interaction("other", on: "stranger", position: 1),
      interaction("say", on: "speaker", position: 2),
      interaction("heard", on: "listener", position: 3, after: "say"),
    ])
    #expect(
      all.map { $0.interactions.map(\.description) } == [["follow", "say", "heard"], ["other"]]
    )
    let first = try #require(all.first)
    #expect(first.connections.map(\.name) == ["listener", "speaker"])
    #expect(first.connections.map(\.facts?.path) == ["/listener", "/speaker"])
    #expect(ExpectedPushes(first.interactions).on("listener").count == 2)
  }

  // MARK: Values of this run

  private let token = JSONPointer(tokens: ["token"])

  @Test func `what the provider makes up stands in later requests and replies`() {
    let login = Interaction(
      description: "log_in",
      content: .exchange(
        request: ReplyJudgeTests.message(["op": "log_in"]),
        responses: [ReplyJudgeTests.message(["token": "recorded"])]
      )
    )
    let upload = Interaction(
      description: "upload",
      content: .exchange(
        request: ReplyJudgeTests.message(["op": "upload", "token": "recorded"]),
        responses: [ReplyJudgeTests.message(["for": ["recorded", "other"]])]
      ),
      facts: WebSocketFacts(
        reuses: [ReusedValue(target: token, interaction: "log_in", response: 0, source: token)]
      )
    )
    var reuse = Reuse()
    #expect(reuse.applied(to: login) == login)
    let reply: JSONValue = ["token": "live"]
    reuse.note([0: ReceivedMessage(bytes: reply.bytes(), isText: true)], of: login)
    let now = reuse.applied(to: upload)
    #expect(
      now.content
        == .exchange(
          request: ReplyJudgeTests.message(["op": "upload", "token": "live"]),
          responses: [ReplyJudgeTests.message(["for": ["live", "other"]])]
        )
    )
  }

  // MARK: Heartbeat

  @Test func `a heartbeat is answered, unless the contract has it`() throws {
    let message = Message(kind: .text, payload: Array(#"{"type":"ping","id":7}"#.utf8))
    let heartbeat = Heartbeat([ReplyJudgeTests.stream])
    #expect(
      heartbeat.answer(to: message)
        == Message(kind: .text, payload: Array(#"{"type":"pong","id":7}"#.utf8))
    )
    #expect(heartbeat.answer(to: Message(kind: .text, payload: Array("ping".utf8))) == nil)
    let pushed = Interaction(
      description: "ping is pushed on connect",
      content: .push(ReplyJudgeTests.message(["type": "ping", "id": 7])),
      facts: WebSocketFacts(identity: JSONPointer(tokens: ["type"]))
    )
    #expect(Heartbeat([pushed]).answer(to: message) == nil)
  }

  // MARK: Extra replies

  @Test func `a reply after the end of an answer is found by its id`() {
    var stream = ReplyJudgeTests.stream
    stream.facts.conversation = ConversationFacts(name: "main", position: 1)
    let late = ReplyJudgeTests.incoming(ReplyJudgeTests.end, frame: 9)
    let other = ReplyJudgeTests.incoming(["type": "stream_end", "request_id": "r7"], frame: 10)
    let found = ExtraReplies.findings(
      [stream],
      [
        .init(connection: "main", incoming: late), .init(connection: "main", incoming: other),
        .init(connection: "else", incoming: late),
      ],
      ExpectedPushes([stream])
    )[0, default: []]
    #expect(found.map(\.rule) == ["extra-reply"])
    #expect(found.map(\.traffic) == [TrafficLocation(connection: "main", frame: 9)])
  }

  @Test func `a message without an id that the contract has as a push is no reply`() {
    let push: JSONValue = ["type": "stream_start"]
    var judge = ReplyJudge(
      ReplyJudgeTests.stream,
      connection: "main",
      pushes: [MessageMatcher(ReplyJudgeTests.message(push))]
    )
    #expect(judge.received(ReplyJudgeTests.incoming(push, frame: 2)) == .passedOver)
    #expect(judge.received(ReplyJudgeTests.incoming(ReplyJudgeTests.start, frame: 3)) == .claimed)
    #expect(judge.findings.isEmpty)
  }
}
