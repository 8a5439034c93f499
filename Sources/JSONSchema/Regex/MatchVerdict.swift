/// What matching a text against a pattern came to.
package enum MatchVerdict: Hashable, Sendable {
  /// The pattern occurs in the text.
  case matches
  /// It does not.
  case doesNotMatch
  /// The work limit was reached before either was certain; only patterns with look-around or
  /// backreferences, or of enormous size, can end so.
  case tooCostly
}
