/// A connection, as far as the chat knows it.
struct ChatMember {
  /// What it follows, in the order of subscription.
  private(set) var topics: [String] = []
  /// How many errors it got.
  var errors = 0
  /// The id of its latest request.
  var latestRequest: String?
  private var occurrences: [String: Int] = [:]

  /// The agents among its topics, in the order of subscription.
  var agents: [String] { topics.agents }

  /// Whether it may follow so many more topics.
  func mayFollow(more count: Int) -> Bool { topics.count + count <= ChatLimits.topics }

  /// Whether it follows a topic.
  func follows(_ topic: String) -> Bool { topics.contains(topic) }

  /// Follows a topic that it did not follow.
  mutating func follow(_ topic: String) { topics.append(topic) }

  /// Follows a topic no longer.
  mutating func stopFollowing(_ topic: String) { topics.removeAll { $0 == topic } }

  /// How often something has occurred now; planted bugs count with it.
  mutating func occurrence(of event: String) -> Int {
    occurrences[event, default: 0] += 1
    return occurrences[event, default: 0]
  }
}

extension [String] {
  /// The ids of the agents among topics.
  var agents: [String] {
    filter { $0.hasPrefix("agent:") }.map { String($0.dropFirst("agent:".count)) }
  }
}
