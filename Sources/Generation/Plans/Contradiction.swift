/// Why no value can meet some requirements.
struct Contradiction: Error, Hashable, Sendable {
  /// The schema to look at first.
  var node: Int?
  /// The reason in words, without a full stop.
  var reason: String
  /// Whether values exist that are only too large, or too much work, to be made.
  var isLimit = false
}
