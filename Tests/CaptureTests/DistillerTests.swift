import Contract
import JSON
import Pact
import TestSupport
import Testing

@testable import Capture

struct DistillerTests {
  private func distil(
    _ traffic: Traffic,
    existing: PactFile? = nil,
    options: Distiller.Options = Distiller.Options()
  ) throws -> Distiller.Distillate {
    let api = try #require(Chat.api)
    return Distiller(api: api, consumer: "frontend-v1", provider: "chat", options: options)
      .distil(traffic.transcript, existing: existing)
  }

  // MARK: Stability

  @Test func `the conversation of the chat front end becomes this contract`() throws {
    let distillate = try distil(Chat.conversation())
    #expect(distillate.findings == [])
    expectSnapshot(
      String(decoding: distillate.contract.bytes, as: UTF8.self),
      named: "chat-contract.json"
    )
  }

  @Test(arguments: 2..<22)
  func `what the provider makes up anew does not change a fresh contract`(salt: Int) throws {
    let first = try distil(Chat.conversation(salt: 1))
    let again = try distil(Chat.conversation(salt: salt))
    #expect(again.contract.bytes == first.contract.bytes)
  }

  @Test func `request ids made by chance do not change a fresh contract`() throws {
    let contracts = try (1...5).map { salt in
      try distil(Chat.conversation(salt: salt, ids: { Chat.random("request-\($0)", salt) }))
        .contract
    }
    #expect(Set(contracts.map(\.bytes)).count == 1)
  }

  @Test(arguments: 2..<12)
  func `recording again keeps the committed file byte for byte`(salt: Int) throws {
    let committed = try distil(Chat.conversation(salt: 1)).contract
    let again = try distil(
      Chat.conversation(
        salt: salt,
        ids: { Chat.random("request-\($0)", salt) },
        chunks: salt
      ),
      existing: try PactFile.read(committed.bytes, file: "c.json").pact
    )
    #expect(again.contract.bytes == committed.bytes)
    #expect(again.changes == [])
  }

  @Test func `a contract accepts the messages that it was made from`() throws {
    let traffic = Chat.conversation()
    let contract = try distil(traffic).contract
    let replies = Recording(traffic.transcript).connections[0].messages.filter {
      $0.direction == .toConsumer
    }
    for interaction in contract.interactions {
      for message in interaction.providerMessages {
        let accepted = replies.filter { reply in
          let received = ReceivedMessage(bytes: reply.bytes, isText: reply.isText)
          return Matching.mismatches(expected: message, actual: received).isEmpty
        }
        #expect(!accepted.isEmpty, "\(interaction.description)")
      }
    }
  }

  // MARK: What the document forbids

  private func rules(_ build: (inout Traffic) -> Void) throws -> [String] {
    var traffic = Traffic(open: "/ws")
    build(&traffic)
    return try distil(traffic).findings.map { finding in
      "\(finding.rule) at \(finding.traffic?.connection ?? "")"
        + ":\(finding.traffic?.frame ?? 0): \(finding.message)"
    }
  }

  @Test func `a field that was renamed is found with its place`() throws {
    let found = try rules { traffic in
      traffic.consumer([
        "type": "subscribe_thread", "request_id": .string(Chat.id(1)),
        "thread_id": .string(Chat.thread),
      ])
      traffic.provider([
        "type": "thread_history", "request_id": .string(Chat.id(1)),
        "thread_id": .string(Chat.thread), "hasMore": false, "messages": [],
      ])
    }
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix("invalid-message at connection-1:2: thread_history is not") == true
    )
  }

  @Test func `an undocumented message, one of the wrong side, and no JSON are found`() throws {
    let found = try rules { traffic in
      traffic.consumer(["type": "subscrib"])
      traffic.consumer([
        "type": "error", "code": "rate_limited", "message": "x",
      ])
      traffic.provider([
        "type": "subscribe", "request_id": .string(Chat.id(1)), "topics": ["system"],
      ])
      traffic.frame(TranscriptFrame(.text, payload: Array("hi".utf8)), fromProvider: true)
      traffic.frame(TranscriptFrame(.binary, payload: [1]), fromProvider: false)
    }
    #expect(
      found.map { $0.prefix { $0 != " " } } == [
        "unknown-message", "wrong-direction", "wrong-direction", "unknown-message",
        "unknown-message",
      ]
    )
    #expect(found[0].contains("the nearest is subscribe"))
  }

  @Test func `replies that nothing asked for, or too many of them, are found`() throws {
    let reply: JSONValue = [
      "type": "subscribed", "request_id": .string(Chat.id(1)), "topics": ["system"],
    ]
    let found = try rules { traffic in
      traffic.provider(reply)
      traffic.consumer([
        "type": "subscribe", "request_id": .string(Chat.id(1)), "topics": ["system"],
      ])
      traffic.provider(reply)
      traffic.provider(reply)
    }
    #expect(
      found == [
        "reply-without-request at connection-1:1: subscribed came although nothing that it answers had been asked",
        "undocumented-reply at connection-1:4: subscribed is no reply to subscribe at this place; its answer was complete",
      ]
    )
  }

  @Test func `replies in the wrong order are found`() throws {
    let found = try rules { traffic in
      traffic.consumer([
        "type": "send_message", "request_id": .string(Chat.id(1)),
        "thread_id": .string(Chat.thread), "content": "x",
      ])
      traffic.provider([
        "type": "stream_end", "request_id": .string(Chat.id(1)),
        "thread_id": .string(Chat.thread), "message_id": .string(Chat.random("m", 1)),
        "finish_reason": "stop", "chunks": 1,
      ])
    }
    #expect(
      found == [
        "undocumented-reply at connection-1:2: stream_end is no reply to send_message at this place; expected stream_start or error"
      ]
    )
  }

  @Test func `broken traffic is found`() throws {
    let found = try rules { traffic in
      traffic.frame(TranscriptFrame(.continuation, payload: [1]), fromProvider: true)
      traffic.frame(TranscriptFrame(.reserved, payload: []), fromProvider: true)
      traffic.frame(TranscriptFrame(.text, payload: [0xFF]), fromProvider: true)
      traffic.end(
        TranscriptClosure(
          code: nil,
          initiator: .remote,
          isClean: false,
          problem: "the provider ended the connection without a close frame"
        )
      )
    }
    #expect(
      found.map { $0.prefix { $0 != ":" } } == [
        "broken-frame at connection-1", "broken-frame at connection-1",
        "broken-frame at connection-1", "broken-connection at connection-1",
        "unknown-message at connection-1",
      ]
    )
  }

  // MARK: What belongs together

  private func descriptions(_ build: (inout Traffic) -> Void) throws -> [String] {
    var traffic = Traffic(open: "/ws")
    build(&traffic)
    let distillate = try distil(traffic)
    #expect(distillate.findings == [])
    return distillate.contract.interactions.map(\.description)
  }

  private func send(
    _ id: Int,
    _ text: String,
    _ traffic: inout Traffic,
    thread: String = Chat.thread
  ) {
    traffic.consumer([
      "type": "send_message", "request_id": .string(Chat.id(id)), "thread_id": .string(thread),
      "content": .string(text),
    ])
    traffic.provider([
      "type": "error", "request_id": .string(Chat.id(id)), "code": "not_subscribed",
      "message": "subscribe first",
    ])
  }

  @Test func `texts and numbers that differ make no new interaction, ids do`() throws {
    let other = "5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c99"
    let names = try descriptions { traffic in
      send(1, "one", &traffic)
      send(2, "two", &traffic)
      send(3, "three", &traffic, thread: other)
    }
    #expect(
      names == [
        "send_message is answered with error", "send_message is answered with error (2)",
      ]
    )
  }

  @Test func `interleaved requests are told apart by their ids`() throws {
    let names = try descriptions { traffic in
      let ask = { (id: Int) -> JSONValue in
        [
          "type": "subscribe_thread", "request_id": .string(Chat.id(id)),
          "thread_id": .string(Chat.thread),
        ]
      }
      traffic.consumer(ask(1))
      traffic.consumer([
        "type": "subscribe", "request_id": .string(Chat.id(2)), "topics": ["system"],
      ])
      traffic.provider([
        "type": "subscribed", "request_id": .string(Chat.id(2)), "topics": ["system"],
      ])
      traffic.provider(Chat.history(Chat.id(1), [:], 1))
    }
    #expect(
      names == [
        "subscribe_thread is answered with thread_history", "subscribe is answered with subscribed",
      ]
    )
  }

  @Test func `the provider's heartbeat is no interaction, a ping of the consumer is one`() throws {
    let ping = { (kind: String, id: Int) -> JSONValue in
      ["type": .string(kind), "ping_id": .string(Chat.id(id))]
    }
    let names = try descriptions { traffic in
      traffic.provider(ping("ping", 1))
      traffic.consumer(ping("pong", 1))
      traffic.consumer(ping("ping", 2))
      traffic.provider(ping("ping", 3))
      traffic.provider(ping("pong", 2))
      traffic.consumer(ping("pong", 3))
    }
    #expect(names == ["ping is answered with pong"])
  }

  @Test func `pushes know what made them, and that they come more than once`() throws {
    let contract = try distil(Chat.conversation()).contract
    let pushes = contract.interactions.filter { $0.description.hasPrefix("agent_event") }
    #expect(
      pushes.map(\.facts.trigger) == [
        .interaction("subscribe is answered with subscribed"),
        .interaction(
          "send_message is answered with stream_start, stream_chunk (1 or more), stream_end"
        ),
      ]
    )
    #expect(pushes.map { $0.facts.responses[0].maximum } == [1, nil])
    #expect(pushes.map(\.facts.audience) == [.sender, .sender])
  }

  @Test func `a push to another connection names its audience`() throws {
    var traffic = Traffic(open: "/ws")
    traffic.open("connection-2")
    traffic.consumer(
      [
        "type": "subscribe", "request_id": .string(Chat.id(9)),
        "topics": [.string("agent:\(Chat.agent)")],
      ],
      on: "connection-2"
    )
    traffic.provider(
      [
        "type": "subscribed", "request_id": .string(Chat.id(9)),
        "topics": [.string("agent:\(Chat.agent)")],
      ],
      on: "connection-2"
    )
    send(1, "one", &traffic)
    traffic.provider(Chat.event("run_started", "thinking", 1), on: "connection-2")
    let contract = try distil(traffic).contract
    let push = try #require(contract.interactions.last)
    #expect(push.description == "agent_event is pushed after send_message on another connection")
    #expect(push.facts.audience == .others)
    #expect(push.facts.conversation == ConversationFacts(name: "connection-2", position: 3))
    #expect(push.facts.trigger == .interaction("send_message is answered with error"))
  }

  @Test func `a connection that only repeats another one is left out`() throws {
    var traffic = Chat.conversation()
    traffic.open("connection-2")
    traffic.consumer(
      ["type": "ping", "ping_id": .string(Chat.id(1))],
      on: "connection-1"
    )
    traffic.provider(["type": "pong", "ping_id": .string(Chat.id(1))], on: "connection-1")
    traffic.consumer(["type": "ping", "ping_id": .string(Chat.id(2))], on: "connection-2")
    traffic.provider(["type": "pong", "ping_id": .string(Chat.id(2))], on: "connection-2")
    let contract = try distil(traffic).contract
    #expect(contract.interactions.allSatisfy { $0.facts.conversation?.name == "main" })
    #expect(contract.interactions.count == 7)
  }

  @Test func `an answer that never ended is left out with a note`() throws {
    var traffic = Traffic(open: "/ws")
    send(1, "one", &traffic)
    traffic.consumer(["type": "ping", "ping_id": .string(Chat.id(2))])
    let distillate = try distil(traffic)
    #expect(distillate.contract.interactions.count == 1)
    #expect(
      distillate.notes
        == ["ping at connection-1, frame 3, was not answered in full and is left out"]
    )
  }

  @Test func `messages in several frames are put together`() throws {
    var traffic = Traffic(open: "/ws")
    let ping: JSONValue = ["type": "ping", "ping_id": .string(Chat.id(2))]
    let bytes = ping.bytes()
    traffic.frame(
      TranscriptFrame(.text, payload: Array(bytes[..<10]), isFinal: false),
      fromProvider: false
    )
    traffic.frame(TranscriptFrame(.ping, payload: []), fromProvider: false)
    traffic.frame(
      TranscriptFrame(.continuation, payload: Array(bytes[10...])),
      fromProvider: false
    )
    traffic.provider(["type": "pong", "ping_id": .string(Chat.id(2))])
    #expect(try distil(traffic).contract.interactions.count == 1)
  }

  @Test func `a close by the provider is a fact of what came before`() throws {
    var traffic = Traffic(open: "/ws")
    traffic.consumer(["type": "ping", "ping_id": .string(Chat.id(1))])
    traffic.providerCloses(4408)
    traffic.open("connection-2", "/ws")
    traffic.providerCloses(4401, on: "connection-2")
    let distillate = try distil(traffic)
    #expect(distillate.findings == [])
    #expect(
      distillate.contract.interactions.map(\.description) == [
        "ping is answered with closing with 4408", "the connection is closed with 4401 on connect",
      ]
    )
    #expect(distillate.contract.interactions.map(\.facts.closeCode) == [4408, 4401])
    #expect(
      distillate.contract.interactions[1].content == .push(InteractionMessage(contents: .missing))
    )
  }

  @Test func `a close code that the document does not have is found`() throws {
    let found = try rules { traffic in
      traffic.providerCloses(4999)
    }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("undocumented-close-code at connection-1:1") == true)
  }

  // MARK: Connections

  @Test func `secrets in the query stay out of contract and journal`() throws {
    var traffic = Traffic(open: "/ws?token=abc&room=a%20b&API_KEY=x")
    send(1, "one", &traffic)
    let distillate = try distil(traffic)
    #expect(
      distillate.contract.interactions[0].facts.connection
        == ConnectionFacts(path: "/ws", query: [NameAndValue(name: "room", value: "a b")])
    )
    #expect(distillate.notes.count == 2)
    #expect(
      Redaction().target("/ws?token=abc&room=a%20b&API_KEY=x&token")
        == "/ws?token=REDACTED&room=a%20b&API_KEY=REDACTED&token"
    )
  }

  // MARK: Joining

  @Test func `what was not seen stays, unless it is to go`() throws {
    let committed = try distil(Chat.conversation()).contract
    var traffic = Traffic(open: "/ws")
    send(1, "one", &traffic)
    let kept = try distil(traffic, existing: committed)
    #expect(kept.contract.interactions.count == committed.interactions.count + 1)
    #expect(
      kept.changes.filter(\.changesFile).map { "\($0)" } == [
        "+ send_message is answered with error"
      ]
    )
    let pruned = try distil(traffic, existing: committed, options: .init(dropsUnseen: true))
    #expect(
      pruned.contract.interactions.map(\.description) == ["send_message is answered with error"]
    )
    #expect(pruned.changes.count == committed.interactions.count + 1)
  }

  @Test func `what people wrote into a contract survives`() throws {
    var committed = try distil(Chat.conversation()).contract
    committed.interactions[0].facts.budgetMilliseconds = 100
    committed.interactions[0].isPending = true
    committed.interactions[0].comments = ["text": ["a remark"]]
    committed.otherInteractions = [["type": "Synchronous/HTTP", "description": "kept"]]
    committed.metadata = ["pactRust": ["models": "1"]]
    let again = try distil(Chat.conversation(salt: 5), existing: committed)
    #expect(again.contract.bytes == committed.bytes)
  }

  @Test func `a message that no longer fits its rules is recorded anew`() throws {
    var committed = try distil(Chat.conversation()).contract
    let index = try #require(
      committed.interactions.firstIndex { $0.description.hasPrefix("subscribe_thread is") }
    )
    guard case .exchange(let request, var responses) = committed.interactions[index].content else {
      Issue.record("an exchange was expected")
      return
    }
    responses[0].matchingRules = MatchingRules()
    responses[0].contents = .json(
      Chat.history(Chat.id(2), ["user": .string(Chat.id(7))], 1),
      contentType: "application/json"
    )
    committed.interactions[index].content = .exchange(request: request, responses: responses)
    let again = try distil(Chat.conversation(salt: 5), existing: committed)
    #expect(again.contract.bytes == (try distil(Chat.conversation()).contract.bytes))
    #expect(again.changes.count == 1)
    let text = again.changes.map { "\($0)" }.joined()
    #expect(text.hasPrefix("~ subscribe_thread is answered with thread_history\n"))
    #expect(text.contains("    /response/0/contents/content/messages"))
  }
}
