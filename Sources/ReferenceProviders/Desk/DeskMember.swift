import JSON

/// A connection, as far as the desk knows it.
struct DeskMember {
  /// The session that it has logged in to.
  var session: String?
  /// How many requests it made; what is answered late is compared with it.
  var requests = 0
  /// Whether it has watched and stopped; planted bugs look at it.
  var hasUnwatched = false
  /// Orders as it saw them last; only a planted bug writes them back.
  var copies: [String: Order] = [:]
}
