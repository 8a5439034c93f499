/// What only planted bugs remember.
struct DeskTraces {
  /// Whether nobody is told of changes any more.
  var isBroadcastDead = false
  /// Whether the message at hand has escapes.
  var isEscaped = false
  /// Orders that were deleted.
  var deleted: [String: Order] = [:]
  /// Orders as they were first looked at.
  var firstLooks: [String: Order] = [:]
  /// Who logged in last.
  var lastUser: String?
  /// What is added to the number of watchers.
  var drift = 0
  /// How many orders were ever opened.
  var opened = 0
}
