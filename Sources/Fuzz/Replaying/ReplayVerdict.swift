/// What became of a finding.
package enum ReplayVerdict: Sendable, Hashable {
  /// It did not come again.
  case fixed
  /// It came again, so many times out of so many.
  case stillFails(reproduced: Int, attempts: Int)
  /// It did not come again, but something else is wrong.
  case drifted
  /// The scenario has no finding of its own, and nothing was wrong.
  case passed
  /// The scenario has no finding of its own, and something was wrong.
  case failed

  /// Whether the provider did nothing wrong.
  package var isFine: Bool { self == .fixed || self == .passed }

  /// The verdict in a word or two, in capitals.
  package var word: String {
    switch self {
    case .fixed: "FIXED"
    case .stillFails: "STILL FAILS"
    case .drifted: "DRIFTED"
    case .passed: "PASSED"
    case .failed: "FAILED"
    }
  }
}
