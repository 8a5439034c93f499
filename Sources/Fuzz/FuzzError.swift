package import Contract
package import Session

/// Why nothing could be fuzzed.
package enum FuzzError: Error, Hashable, Sendable {
  /// The document lets a client say nothing.
  case nothingToSay(file: String)
  /// No message of the client can be made.
  case nothingCanBeMade(file: String, reasons: [String])
  /// The provider could not be started or reached.
  case provider(SessionError)
  /// The provider closed the first connection before anything was sent.
  case closedAtOnce(TranscriptClosure)
}

extension FuzzError: CustomStringConvertible {
  /// A sentence that says what was found and, where it is known, what to do.
  package var description: String {
    switch self {
    case .nothingToSay(let file):
      "\(file): error: no operation lets a client send a message, so there is nothing to fuzz"
    case .nothingCanBeMade(let file, let reasons):
      "\(file): error: none of the client's messages can be made: "
        + reasons.joined(separator: "; ")
    case .provider(let error):
      "\(error)"
    case .closedAtOnce(let closure):
      "the provider closed the first connection with "
        + (closure.code.map { "\($0)" } ?? "no code")
        + (closure.reason.isEmpty ? "" : " (\(closure.reason))")
        + " before anything was sent; does its URL need a token or another path?"
    }
  }
}
