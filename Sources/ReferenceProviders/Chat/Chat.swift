import JSON

/// Threads, agents and who follows them: told what a client says, it answers what to do.
///
/// It knows no socket and no clock. The planted bugs stand where they bite.
struct Chat {
  /// The fault that is planted.
  let bug: ChatBug?
  /// Ids and times.
  var source = ChatSource()
  /// Every conversation.
  var threads = ChatThreads()
  /// The status of each agent that somebody has heard of; others are idle.
  var statuses: [String: String] = [:]
  /// The connections that are listened to, by number.
  var members: [Int: ChatMember] = [:]
  /// Who follows a topic, in the order of subscription.
  private(set) var followers: [String: [Int]] = [:]

  /// Starts with no threads.
  init(bug: ChatBug? = nil) { self.bug = bug }

  /// A connection was opened.
  mutating func joined(_ connection: Int) { members[connection] = ChatMember() }

  /// A connection is gone, or is no longer listened to.
  mutating func left(_ connection: Int) {
    for topic in members[connection]?.topics ?? [] { stopFollowing(topic, connection) }
    members[connection] = nil
  }

  /// Answers one request of a connection that has joined.
  mutating func received(_ request: ChatRequest, from asker: Int) -> [ChatEffect] {
    guard let member = members[asker] else { return [] }
    defer { if let id = request.id { members[asker]?.latestRequest = id } }
    if bug == .silentAfterTwoErrors, member.errors >= 2 { return [] }
    let id = request.id ?? ""
    switch request.content {
    case .ping(let id):
      return [.send(ChatReply.pong(id: id), to: [asker])]
    case .pong:
      return []
    case .subscribe(let topics):
      return subscribe(id, to: topics, asker)
    case .unsubscribe(let topics):
      return unsubscribe(id, from: topics, asker)
    case .subscribeThread(let thread, let limit):
      return subscribeThread(id, thread: thread, limit: limit, asker)
    case .sendMessage(let message):
      return sendMessage(id, message, asker)
    }
  }
}

// MARK: - Following

extension Chat {
  func follows(_ connection: Int, _ topic: String) -> Bool {
    members[connection]?.follows(topic) ?? false
  }

  func mayFollow(_ connection: Int, more count: Int) -> Bool {
    members[connection]?.mayFollow(more: count) ?? false
  }

  mutating func follow(_ topic: String, _ connection: Int) {
    members[connection]?.follow(topic)
    followers[topic, default: []].append(connection)
  }

  mutating func stopFollowing(_ topic: String, _ connection: Int) {
    members[connection]?.stopFollowing(topic)
    followers[topic]?.removeAll { $0 == connection }
    if followers[topic]?.isEmpty == true { followers[topic] = nil }
  }
}

// MARK: - Saying

extension Chat {
  /// Appends a message to a thread and answers with the message's id.
  @discardableResult
  mutating func append(_ role: ChatMessage.Role, _ content: String, to thread: String) -> String {
    let id = source.nextMessageID()
    let sentAt = source.nextTime()
    threads[thread].append(ChatMessage(id: id, role: role, content: content, sentAt: sentAt))
    return id
  }

  /// Tells everybody who follows these agents what they do.
  mutating func announce(_ agents: [String], _ event: String, _ status: String) -> [ChatEffect] {
    var effects: [ChatEffect] = []
    for agent in agents {
      statuses[agent] = status
      let message = agentEvent(agent, event, status)
      effects.append(.send(message, to: followers["agent:\(agent)", default: []]))
    }
    return effects
  }

  mutating func agentEvent(_ agent: String, _ event: String, _ status: String) -> JSONValue {
    ChatReply.agentEvent(agent: agent, event: event, status: status, at: source.nextTime())
  }

  mutating func tooManyTopics(_ id: String, _ asker: Int) -> ChatEffect {
    error(id, "too_many_topics", "a connection may follow \(ChatLimits.topics) topics", asker)
  }

  mutating func error(_ id: String, _ code: String?, _ text: String, _ asker: Int) -> ChatEffect {
    members[asker]?.errors += 1
    return .send(ChatReply.error(id, code: code, text), to: [asker])
  }

  mutating func occurrence(of event: String, _ connection: Int) -> Int {
    members[connection]?.occurrence(of: event) ?? 0
  }
}
