import JSON

/// What a client says, read from a message that fits the document.
struct ChatRequest {
  /// What is asked.
  enum Content {
    case ping(id: String)
    case pong
    case subscribe(topics: [String])
    case unsubscribe(topics: [String])
    case subscribeThread(id: String, limit: Int)
    case sendMessage(SentMessage)
  }

  /// What `send_message` carries.
  struct SentMessage {
    var thread: String
    var content: String
    var namesClient: Bool
  }

  /// The id that every answer repeats; heartbeat messages have none.
  var id: String?
  /// What is asked.
  var content: Content

  /// Reads a message.
  ///
  /// - Returns: `nil` for a message that no client says.
  init?(_ message: JSONValue) {
    id = message["request_id"]?.stringValue
    let topics = message["topics"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let thread = message["thread_id"]?.stringValue ?? ""
    switch message["type"]?.stringValue {
    case "ping":
      content = .ping(id: message["ping_id"]?.stringValue ?? "")
    case "pong":
      content = .pong
    case "subscribe":
      content = .subscribe(topics: topics)
    case "unsubscribe":
      content = .unsubscribe(topics: topics)
    case "subscribe_thread":
      let limit = message["limit"]?.intValue ?? ChatLimits.defaultHistory
      content = .subscribeThread(id: thread, limit: limit)
    case "send_message":
      content = .sendMessage(
        SentMessage(
          thread: thread,
          content: message["content"]?.stringValue ?? "",
          namesClient: message["client"] != nil
        )
      )
    default:
      return nil
    }
  }
}
