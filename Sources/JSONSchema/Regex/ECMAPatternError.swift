/// A text that is no ECMA-262 pattern.
package struct ECMAPatternError: Error, Hashable, Sendable {
  /// Where, as the number of Unicode scalars before the place.
  package var offset: Int
  /// What is wrong, in words, without a full stop.
  package var reason: String

  /// Names a place and what is wrong there.
  package init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }
}

extension ECMAPatternError: CustomStringConvertible {
  /// `at offset N: reason`.
  package var description: String { "at offset \(offset): \(reason)" }
}
