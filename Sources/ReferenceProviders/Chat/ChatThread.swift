import JSON

/// One message of a thread.
struct ChatMessage {
  /// Who is speaking.
  enum Role: String {
    case user
    case assistant
  }

  var id: String
  var role: Role
  var content: String
  var sentAt: String
}

/// One conversation, oldest message first.
struct ChatThread {
  private(set) var messages: [ChatMessage] = []

  /// Appends a message and forgets the oldest one beyond the limit.
  mutating func append(_ message: ChatMessage) {
    messages.append(message)
    if messages.count > ChatLimits.messages { messages.removeFirst() }
  }

  /// The answer to `subscribe_thread`.
  func history(_ request: String, thread: String, limit: Int, bug: ChatBug?) -> JSONValue {
    let latest = messages.suffix(limit)
    let hasMore = latest.count < messages.count
    let sentAt = bug == .renamedField ? "sentAt" : "sent_at"
    let items = latest.map { message -> JSONValue in
      [
        "message_id": .string(message.id), "role": .string(message.role.rawValue),
        "content": .string(message.content), sentAt: .string(message.sentAt),
      ]
    }
    let isText = bug == .hasMoreAsText && limit == 1
    return ChatReply.message(
      "thread_history",
      request,
      [
        "thread_id": .string(thread), "messages": .array(items),
        "has_more": isText ? .string("\(hasMore)") : .bool(hasMore),
      ]
    )
  }
}

/// Every conversation by its id.
struct ChatThreads {
  private var threads: [String: ChatThread] = [:]
  private var oldestFirst: [String] = []

  /// The thread; one that nobody has used is empty, and setting it brings it into being.
  subscript(id: String) -> ChatThread {
    get { threads[id, default: ChatThread()] }
    set {
      if threads.updateValue(newValue, forKey: id) == nil { oldestFirst.append(id) }
      if threads.count > ChatLimits.threads { threads[oldestFirst.removeFirst()] = nil }
    }
    _modify {
      if threads[id] == nil { self[id] = ChatThread() }
      yield &threads[id, default: ChatThread()]
    }
  }

  /// Forgets a thread.
  mutating func remove(_ id: String) {
    threads[id] = nil
    oldestFirst.removeAll { $0 == id }
  }

  /// Forgets every thread.
  mutating func removeAll() { self = ChatThreads() }
}
