import JSON
import WebSocket

extension Chat {
  mutating func subscribe(_ id: String, to topics: [String], _ asker: Int) -> [ChatEffect] {
    if bug == .droppedConnection, occurrence(of: "subscribe", asker) >= 3 { return [.drop(asker)] }
    let new = topics.filter { !follows(asker, $0) }
    guard mayFollow(asker, more: new.count) else { return [tooManyTopics(id, asker)] }
    for topic in new { follow(topic, asker) }
    var effects = [ChatEffect.send(ChatReply.subscribed(id, topics: topics), to: [asker])]
    if bug == .undocumentedMessage, new.count < topics.count {
      effects.append(.send(ChatReply.message("debug_info", id, ["topics": "again"]), to: [asker]))
    }
    for agent in topics.agents {
      let status = statuses[agent, default: "idle"]
      effects.append(.send(agentEvent(agent, "status_changed", status), to: [asker]))
    }
    return effects
  }

  mutating func unsubscribe(_ id: String, from topics: [String], _ asker: Int) -> [ChatEffect] {
    let followed = topics.filter { follows(asker, $0) }
    guard !followed.isEmpty else {
      if bug == .exitOnUnknownTopic { return [.exit] }
      return [error(id, "not_subscribed", "none of these topics is followed", asker)]
    }
    for topic in followed { stopFollowing(topic, asker) }
    let answered = bug == .wrongRequestID ? members[asker]?.latestRequest ?? id : id
    return [.send(ChatReply.unsubscribed(answered, topics: followed), to: [asker])]
  }

  mutating func subscribeThread(
    _ id: String,
    thread: String,
    limit: Int,
    _ asker: Int
  ) -> [ChatEffect] {
    let topic = "thread:\(thread)"
    if bug == .swallowedReply, occurrence(of: topic, asker) >= 2 { return [] }
    if !follows(asker, topic) {
      guard mayFollow(asker, more: 1) else { return [tooManyTopics(id, asker)] }
      follow(topic, asker)
    }
    let history = threads[thread].history(id, thread: thread, limit: limit, bug: bug)
    return [.send(history, to: [asker])]
  }

  mutating func sendMessage(
    _ id: String,
    _ sent: ChatRequest.SentMessage,
    _ asker: Int
  ) -> [ChatEffect] {
    let topic = "thread:\(sent.thread)"
    guard follows(asker, topic) else {
      let code = bug == .errorWithoutCode ? nil : "not_subscribed"
      return [error(id, code, "this connection does not follow \(topic)", asker)]
    }
    let scalars = sent.content.unicodeScalars
    if bug == .abnormalClose, scalars.contains(where: { $0.value > 0xFFFF }) {
      return [.close(asker, .internalError, reason: "")]
    }
    if bug == .exitOnThirdMessage, occurrence(of: topic, asker) >= 3 { return [.exit] }

    append(.user, sent.content, to: sent.thread)
    let stream = ChatStream(answering: sent.content)
    let message = append(.assistant, stream.text, to: sent.thread)

    let agents = members[asker]?.agents ?? []
    var effects = announce(agents, "run_started", "thinking")
    let others = followers[topic, default: []].filter { $0 != asker }
    if !others.isEmpty {
      let parts = stream.parts(thread: sent.thread, message: message, request: nil, bug: bug)
      effects += parts.map { .send($0, to: others) }
    }
    let parts = stream.parts(thread: sent.thread, message: message, request: id, bug: bug)
    effects += answer(parts, sent, asker)
    effects += announce(agents, "run_finished", "idle")
    if bug == .lateLongReply, scalars.count > 2_000 { return [.later(.milliseconds(180), effects)] }
    return effects
  }

  /// Sends a stream to the one who asked for it.
  private mutating func answer(
    _ parts: [JSONValue],
    _ sent: ChatRequest.SentMessage,
    _ asker: Int
  ) -> [ChatEffect] {
    var effects = parts.map { ChatEffect.send($0, to: [asker]) }
    guard let bug, let end = effects.popLast() else { return effects }
    switch bug {
    case .missingStreamEnd where occurrence(of: "thread:\(sent.thread)", asker) >= 2: return effects
    case .duplicateStreamEnd where sent.namesClient: return effects + [end, end]
    case .replyToOtherConnection: return effects + parts.suffix(1).map { .send($0, to: youngest) }
    default: return effects + [end]
    }
  }

  /// The connection that was opened last, of those that are open.
  private var youngest: [Int] { members.keys.max().map { [$0] } ?? [] }
}
