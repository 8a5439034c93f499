/// Who has logged in, by the id of the session; the oldest is forgotten beyond the limit.
struct DeskSessions {
  private var users: [String: String] = [:]
  private var oldestFirst: [String] = []
  private var opened = 0

  /// The user of a session.
  func user(of session: String) -> String? { users[session] }

  /// Opens a session and answers with its id.
  mutating func open(for user: String) -> String {
    opened += 1
    let id = DeskIDs.text("ses", opened)
    users[id] = user
    oldestFirst.append(id)
    if oldestFirst.count > DeskLimits.sessions { users[oldestFirst.removeFirst()] = nil }
    return id
  }

  /// Ends a session.
  mutating func end(_ session: String) {
    users[session] = nil
    oldestFirst.removeAll { $0 == session }
  }
}
