import JSON

/// What the front end says in every run, and what it needs to hear.
struct ChatConversation: ~Copyable {
  private static let agent = "9d2f4f60-7c1b-4e39-8d0a-6b1e5c7a8f02"
  private static let thread = "5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01"
  private static let question =
    "Is the report ready? I need the figures of the last quarter before the meeting at ten."

  private var chat: ChatConnection
  private let knowsLiveProvider: Bool

  /// Takes a connection on which nothing was said yet, and whether agent events and remembered
  /// messages can be expected.
  init(chat: consuming ChatConnection, knowsLiveProvider: Bool) {
    self.chat = chat
    self.knowsLiveProvider = knowsLiveProvider
  }

  /// Says everything.
  mutating func run() async throws {
    try await followAgent()
    let earlier = try await readThread([:])
    report("the thread has \(earlier.count) messages so far")
    let answer = try await askQuestion()
    report("the answer: \(answer)")
    let latest = try await readThread(["limit": 2])
    guard knowsLiveProvider else { return }
    let said = latest.map { [$0["role"], $0["content"]] }
    guard said == [["user", .string(Self.question)], ["assistant", .string(answer)]] else {
      throw Disappointment("the thread does not end with the question and its answer")
    }
    report("the thread ends with the question and its answer")
  }

  private mutating func followAgent() async throws {
    let topics: JSONValue = .array([.string("agent:\(Self.agent)")])
    let request = try await chat.ask("subscribe", ["topics": topics])
    let subscribed = try await chat.answer(to: request, "subscribed")
    guard subscribed["topics"] == topics else {
      throw Disappointment("subscribed names other topics than were asked for")
    }
    guard knowsLiveProvider else { return }
    let status = try await agentEvent("status_changed")["status"]?.stringValue ?? "nothing"
    guard ["idle", "thinking", "offline"].contains(status) else {
      throw Disappointment("the agent's status is '\(status)'")
    }
    report("the agent is \(status)")
  }

  private mutating func readThread(_ options: JSONObject) async throws -> [JSONValue] {
    var members: JSONObject = ["thread_id": .string(Self.thread)]
    members.members += options.members
    let request = try await chat.ask("subscribe_thread", members)
    let history = try await chat.answer(to: request, "thread_history")
    guard let messages = history["messages"]?.arrayValue, history["has_more"]?.boolValue != nil
    else { throw Disappointment("thread_history lacks its messages or has_more") }
    for message in messages {
      for member in ["message_id", "role", "content", "sent_at"]
      where message[member]?.stringValue == nil {
        throw Disappointment("a message of the thread has no \(member)")
      }
    }
    return messages
  }

  /// Asks and answers with the whole text of the answer.
  private mutating func askQuestion() async throws -> String {
    let request = try await chat.ask(
      "send_message",
      [
        "thread_id": .string(Self.thread), "content": .string(Self.question),
        "client": ["name": "web", "version": "1.4.0"],
      ]
    )
    if knowsLiveProvider { _ = try await agentEvent("run_started") }
    let message = try await chat.answer(to: request, "stream_start")["message_id"]
    var chunks: [String] = []
    while true {
      let part = try await chat.answer(to: request, "stream_chunk", "stream_end")
      guard part["message_id"] == message else {
        throw Disappointment("the parts of the answer name different messages")
      }
      if part["type"] == "stream_end" {
        guard let count = part["chunks"]?.intValue, count == chunks.count, count > 0 else {
          throw Disappointment("stream_end counts other chunks than the \(chunks.count) that came")
        }
        break
      }
      guard let content = part["content"]?.stringValue, part["index"]?.intValue == chunks.count
      else { throw Disappointment("chunk \(chunks.count) is missing or has no content") }
      chunks.append(content)
    }
    if knowsLiveProvider { _ = try await agentEvent("run_finished") }
    return chunks.joined()
  }

  private mutating func agentEvent(_ event: String) async throws -> JSONValue {
    try await chat.next("the agent's \(event)") {
      $0["type"] == "agent_event" && $0["agent_id"]?.stringValue == Self.agent
        && $0["event"]?.stringValue == event
    }
  }
}
