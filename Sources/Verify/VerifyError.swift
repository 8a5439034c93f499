package import Session

/// Why a verification could not be finished.
package enum VerifyError: Error, Hashable, Sendable {
  /// The provider could not be reached, or a provider state could not be set up.
  case interrupted(SessionError, during: String, of: String, verified: Int)
  /// The provider's process ended.
  case providerExited(String, during: String, lastOutput: [String])
}

extension VerifyError: CustomStringConvertible {
  /// A sentence that says what happened, at which point.
  package var description: String {
    switch self {
    case .interrupted(let error, let conversation, let source, let verified):
      let done =
        verified == 0 ? "nothing was verified" : "\(verified) interactions were verified before"
      return "\(error); it was the turn of '\(conversation)' in \(source), \(done)"
    case .providerExited(let status, let conversation, let output):
      let words = output.suffix(5).map { "\n  | \($0)" }.joined()
      return "the provider ended with \(status) during '\(conversation)'"
        + (words.isEmpty ? "" : "; its last words were:\(words)")
    }
  }
}
