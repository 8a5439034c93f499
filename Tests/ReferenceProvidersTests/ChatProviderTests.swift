import Contract
import JSON
import ReferenceProviders
import Testing
import WebSocket

struct ChatProviderTests {
  private let thread = uuid(100)
  private let agent = uuid(200)
  private var agentTopic: JSONValue { .string("agent:\(agent)") }
  private var threadTopic: JSONValue { .string("thread:\(thread)") }

  // MARK: Heartbeat of the client, subscriptions

  @Test func `a ping is answered with its id`() async throws {
    try await withChat { chat in
      let answer = try await chat.connect().answer("ping")
      #expect(answer["type"] == "pong")
    }
  }

  @Test func `a pong that nobody asked for is not answered`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.send(["type": "pong", "ping_id": .string(uuid(1))])
      #expect(try await client.everythingDue().isEmpty)
    }
  }

  @Test func `subscribe repeats the topics, and each agent's status follows`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      let topics: JSONValue = ["system", agentTopic, threadTopic]
      let answer = try await client.answer("subscribe", ["topics": topics])
      #expect(answer["type"] == "subscribed")
      #expect(answer["topics"] == topics)
      let events = try await client.everythingDue()
      #expect(events.count == 1)
      #expect(events[0]["agent_id"] == .string(agent))
      #expect(events[0]["event"] == "status_changed")
      #expect(events[0]["status"] == "idle")
    }
  }

  @Test func `subscribing twice is no error and makes no message come twice`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      for _ in 1...2 {
        let answer = try await client.answer("subscribe", ["topics": [threadTopic]])
        #expect(answer["type"] == "subscribed")
      }
      try await client.say("hello", in: thread)
      let due = JSONValue.types(try await client.everythingDue())
      #expect(due == ["stream_start", "stream_chunk", "stream_end"])
    }
  }

  @Test func `unsubscribe names the topics that were followed`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      _ = try await client.answer("subscribe", ["topics": ["system", threadTopic]])
      let answer = try await client.answer("unsubscribe", ["topics": [agentTopic, threadTopic]])
      #expect(answer["type"] == "unsubscribed")
      #expect(answer["topics"] == [threadTopic])
      try await client.say("hello", in: thread)
      #expect(try await client.next()["code"] == "not_subscribed")
    }
  }

  @Test func `unsubscribe of topics that are not followed is an error`() async throws {
    try await withChat { chat in
      let answer = try await chat.connect().answer("unsubscribe", ["topics": ["system"]])
      #expect(answer["type"] == "error")
      #expect(answer["code"] == "not_subscribed")
    }
  }

  @Test func `a connection may follow a thousand topics and no more`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      for batch in 0..<125 {
        let topics = (1...8).map { JSONValue.string("thread:\(uuid(batch * 8 + $0))") }
        let answer = try await client.answer("subscribe", ["topics": .array(topics)])
        #expect(answer["type"] == "subscribed")
      }
      let answer = try await client.answer("subscribe", ["topics": [.string("system")]])
      #expect(answer["code"] == "too_many_topics")
      #expect(try await client.follow(uuid(9_999))["code"] == "too_many_topics")
      #expect(try await client.follow(uuid(1))["type"] == "thread_history")
    }
  }

  // MARK: Threads

  @Test func `a thread that nobody has used is empty`() async throws {
    try await withChat { chat in
      let history = try await chat.connect().follow(thread)
      #expect(history["type"] == "thread_history")
      #expect(history["thread_id"] == .string(thread))
      #expect(history["messages"] == [])
      #expect(history["has_more"] == false)
    }
  }

  @Test func `a message is answered by a stream, and both are in the history`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      let id = try await client.say("hello", in: thread)
      let parts = try await client.stream()
      #expect(JSONValue.types(parts) == ["stream_start", "stream_chunk", "stream_end"])
      #expect(parts.allSatisfy { $0["request_id"] == id && $0["thread_id"] == .string(thread) })
      #expect(parts[1]["content"] == "You wrote: hello")
      #expect(parts[2]["finish_reason"] == "stop")
      #expect(parts[2]["chunks"] == 1)

      let messages = try #require(try await client.follow(thread)["messages"]?.arrayValue)
      #expect(messages.map { $0["role"] } == ["user", "assistant"])
      #expect(messages.map { $0["content"] } == ["hello", "You wrote: hello"])
      #expect(messages[1]["message_id"] == parts[0]["message_id"])
    }
  }

  @Test(arguments: [
    (1, 1, "stop"), (69, 1, "stop"), (70, 2, "stop"), (3_989, 50, "stop"), (3_990, 50, "length"),
    (4_000, 50, "length"),
  ])
  func `a text is answered in chunks of 80 characters, at most 50 of them`(
    characters: Int,
    chunks: Int,
    finish: String
  ) async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.say(String(repeating: "\u{1F600}", count: characters), in: thread)
      let parts = try await client.stream()
      #expect(parts.count == chunks + 2)
      let indexes = parts.dropFirst().dropLast().map { $0["index"] }
      #expect(indexes == (0..<chunks).map { .number(JSONNumber($0)) })
      #expect(parts.last?["chunks"] == .number(JSONNumber(chunks)))
      #expect(parts.last?["finish_reason"] == .string(finish))
    }
  }

  @Test func `a message into a thread that is not followed is an error`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      let other = try await chat.connect()
      try await other.follow(thread)
      try await client.say("hello", in: thread)
      let error = try await client.next()
      #expect(error["type"] == "error")
      #expect(error["code"] == "not_subscribed")
      #expect(try await other.everythingDue().isEmpty)
    }
  }

  @Test func `the limit cuts off older messages and says so`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.say("hello", in: thread)
      _ = try await client.stream()
      let one = try await client.follow(thread, limit: 1)
      #expect(one["messages"]?.arrayValue?.map { $0["role"] } == ["assistant"])
      #expect(one["has_more"] == true)
      #expect(try await client.follow(thread, limit: 2)["has_more"] == false)
    }
  }

  @Test(arguments: ["1.0", "1e0", "10E-1"])
  func `a limit is a whole number however it is written`(limit: String) async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.say("hello", in: thread)
      _ = try await client.stream()
      let number = JSONValue.number(try #require(JSONNumber(limit)))
      let history = try await client.answer(
        "subscribe_thread",
        ["thread_id": .string(thread), "limit": number]
      )
      #expect(history["messages"]?.arrayValue?.count == 1)
    }
  }

  @Test func `the others who follow a thread get the stream without a request id`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      let follower = try await chat.connect()
      let stranger = try await chat.connect()
      try await client.follow(thread)
      try await follower.follow(thread)
      try await stranger.follow(uuid(101))
      try await client.say("hello", in: thread)
      let own = try await client.stream()
      let others = try await follower.stream()
      #expect(others.allSatisfy { $0["request_id"] == nil })
      #expect(JSONValue.types(others) == JSONValue.types(own))
      #expect(others.map { $0["message_id"] } == own.map { $0["message_id"] })
      #expect(try await stranger.everythingDue().isEmpty)
    }
  }

  @Test func `a connection that has gone gets nothing and disturbs nobody`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      let gone = try await chat.connect()
      try await gone.follow(thread)
      gone.connection.drop()
      _ = try await gone.closure()
      try await client.say("hello", in: thread)
      #expect(try await client.stream().count == 3)
    }
  }

  // MARK: Agents

  @Test func `an agent's run is told to its followers around the answer`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      let watcher = try await chat.connect()
      for each in [client, watcher] {
        _ = try await each.answer("subscribe", ["topics": [agentTopic]])
        #expect(try await each.next()["event"] == "status_changed")
      }
      try await client.follow(thread)
      try await client.say("hello", in: thread)
      let messages = try await client.everythingDue()
      #expect(
        JSONValue.types(messages)
          == ["agent_event", "stream_start", "stream_chunk", "stream_end", "agent_event"]
      )
      let events = try await watcher.everythingDue()
      #expect(events.map { $0["event"] } == ["run_started", "run_finished"])
      #expect(events.map { $0["status"] } == ["thinking", "idle"])
    }
  }

  // MARK: The document

  @Test func `every example of a client's message is understood`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      for message in chat.api.messages(travelling: .toProvider) {
        #expect(!message.examples.isEmpty, "\(message.name)")
        for example in message.examples { try await client.send(example.payload) }
      }
      _ = try await client.everythingDue()
    }
  }

  @Test func `the same conversation is answered with the same bytes in every run`() async throws {
    func run() async throws -> [String] {
      try await withChat { chat in
        let client = try await chat.connect()
        try await client.ask("subscribe", ["topics": [agentTopic]])
        try await client.ask("subscribe_thread", ["thread_id": .string(thread)])
        try await client.say("hello", in: thread)
        try await client.ask("subscribe_thread", ["thread_id": .string(thread)])
        return try await client.everythingDue().map { $0.text() }
      }
    }
    let first = try await run()
    let second = try await run()
    #expect(first == second)
  }
}
