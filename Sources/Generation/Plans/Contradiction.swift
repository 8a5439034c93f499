/// Why no value can meet some requirements.
struct Contradiction: Error, Hashable, Sendable {
  /// The schema to look at first.
  var node: Int?
  /// The reason in words, without a full stop.
  var reason: String
}
