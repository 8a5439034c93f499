/// Where the messages of a case come from; phases follow each other in this order.
package enum FuzzPhase: String, Sendable, Hashable, CaseIterable {
  /// The examples of the document.
  case examples
  /// For each message the values at the boundaries of each keyword, one at a time.
  case coverage
  /// Chance, without end.
  case random
}
