import JSON
import ReferenceProviders
import Testing
import WebSocket

struct ChatBugTests {
  /// Valid messages, and whether they were answered as the bug has it.
  struct Example: Sendable, CustomTestStringConvertible {
    let bug: ChatBug
    let shows: @Sendable (RunningChat) async throws -> Bool
    var testDescription: String { bug.rawValue }

    init(_ bug: ChatBug, _ shows: @escaping @Sendable (RunningChat) async throws -> Bool) {
      self.bug = bug
      self.shows = shows
    }
  }

  private static let thread = uuid(100)

  static let examples = [
    Example(.exitOnUnknownTopic) { chat in
      let client = try await chat.connect()
      try await client.ask("unsubscribe", ["topics": ["system"]])
      _ = try await client.everythingDue()
      return chat.exit.hasExited
    },
    Example(.exitOnThirdMessage) { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      for number in 1...3 {
        if chat.exit.hasExited { throw Unexpected("the bug shows after \(number - 1) messages") }
        try await client.say("hello", in: thread)
        _ = try await client.everythingDue()
      }
      return chat.exit.hasExited
    },
    Example(.abnormalClose) { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.say("\u{FFFD}", in: thread)
      _ = try await client.stream()
      try await client.say("\u{10000}", in: thread)
      _ = try? await client.stream()
      return client.connection.closure?.code == 1011
    },
    Example(.droppedConnection) { chat in
      let client = try await chat.connect()
      for _ in 1...2 { _ = try await client.answer("subscribe", ["topics": ["system"]]) }
      try await client.ask("subscribe", ["topics": ["system"]])
      _ = try? await client.everythingDue()
      return client.connection.closure.map { $0.code == nil && $0.initiator == .remote } ?? false
    },
    Example(.lateLongReply) { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.say(String(repeating: "x", count: 2_000), in: thread)
      guard try await client.everythingDue().count == 28 else { throw Unexpected("late too soon") }
      try await client.say(String(repeating: "x", count: 2_001), in: thread)
      let isLate = try await client.everythingDue().isEmpty
      if isLate { _ = try await client.stream() }
      return isLate
    },
    Example(.swallowedReply) { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.ask("subscribe_thread", ["thread_id": .string(thread)])
      return try await client.everythingDue().isEmpty
    },
    Example(.silentAfterTwoErrors) { chat in
      let client = try await chat.connect()
      for _ in 1...2 { _ = try await client.answer("unsubscribe", ["topics": ["system"]]) }
      try await client.ask("ping")
      // An invalid message ends the connection behind whatever is answered.
      try await client.connection.send(.text("{}"))
      return (try? await client.next()) == nil
    },
    Example(.missingStreamEnd) { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.say("hello", in: thread)
      _ = try await client.stream()
      try await client.say("hello", in: thread)
      return JSONValue.types(try await client.everythingDue()) == ["stream_start", "stream_chunk"]
    },
    Example(.duplicateStreamEnd) { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.ask(
        "send_message",
        [
          "thread_id": .string(thread), "content": "hello",
          "client": ["name": "web", "version": "1.4.0"],
        ]
      )
      let types = JSONValue.types(try await client.everythingDue())
      return types == ["stream_start", "stream_chunk", "stream_end", "stream_end"]
    },
    Example(.chunkAfterEnd) { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.say("hello", in: thread)
      _ = try await client.stream()
      try await client.say(String(repeating: "x", count: 80), in: thread)
      let types = JSONValue.types(try await client.everythingDue())
      return types == ["stream_start", "stream_chunk", "stream_end", "stream_chunk"]
    },
    Example(.wrongRequestID) { chat in
      let client = try await chat.connect()
      let earlier = try await client.ask("subscribe", ["topics": ["system"]])
      _ = try await client.next()
      try await client.ask("unsubscribe", ["topics": ["system"]])
      return try await client.next()["request_id"] == earlier
    },
    Example(.replyToOtherConnection) { chat in
      let client = try await chat.connect()
      let youngest = try await chat.connect()
      try await client.follow(thread)
      _ = try await youngest.everythingDue()
      let id = try await client.say("hello", in: thread)
      let own = JSONValue.types(try await client.everythingDue())
      let other = try await youngest.everythingDue()
      return own == ["stream_start", "stream_chunk"] && other.map { $0["request_id"] } == [id]
    },
    Example(.renamedField) { chat in
      let client = try await chat.connect()
      guard client.isDocumented(try await client.follow(thread)) else {
        throw Unexpected("the bug shows in an empty thread")
      }
      try await client.say("hello", in: thread)
      _ = try await client.stream()
      let history = try await client.follow(thread)
      return history["messages"]?[0]?["sentAt"] != nil && !client.isDocumented(history)
    },
    Example(.hasMoreAsText) { chat in
      let client = try await chat.connect()
      let history = try await client.follow(thread, limit: 1)
      return history["has_more"] == "false" && !client.isDocumented(history)
    },
    Example(.unknownFinishReason) { chat in
      let client = try await chat.connect()
      try await client.follow(thread)
      try await client.say(String(repeating: "x", count: 4_000), in: thread)
      let end = try await client.stream().last
      return end?["finish_reason"] == "truncated" && end.map(client.isDocumented) == false
    },
    Example(.errorWithoutCode) { chat in
      let client = try await chat.connect()
      try await client.say("hello", in: thread)
      let error = try await client.next()
      return error["code"] == nil && !client.isDocumented(error)
    },
    Example(.nullRequestID) { chat in
      let client = try await chat.connect()
      let other = try await chat.connect()
      try await client.follow(thread)
      try await other.follow(thread)
      try await client.say("hello", in: thread)
      guard try await client.stream().allSatisfy(client.isDocumented) else { return false }
      return try await other.stream().allSatisfy { $0["request_id"] == .null }
    },
    Example(.undocumentedMessage) { chat in
      let client = try await chat.connect()
      _ = try await client.answer("subscribe", ["topics": ["system"]])
      _ = try await client.answer("subscribe", ["topics": ["system"]])
      return JSONValue.types(try await client.everythingDue()) == ["debug_info"]
    },
  ]

  @Test(arguments: examples)
  func `a planted bug does what it says, and the correct provider does not`(
    example: Example
  ) async throws {
    let withBug = ChatProvider.Configuration(bug: example.bug)
    #expect(try await withChat(withBug, example.shows))
    #expect(try await !withChat(ChatProvider.Configuration(), example.shows))
  }

  @Test func `each bug has an example here, a name for the command line and a summary`() {
    #expect(Set(Self.examples.map(\.bug)) == Set(ChatBug.allCases))
    for bug in ChatBug.allCases {
      #expect(bug.rawValue.allSatisfy { $0.isLowercase || $0 == "-" }, "\(bug.rawValue)")
      #expect(!bug.summary.isEmpty)
    }
  }
}
