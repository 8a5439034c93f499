package import Contract
package import Session
package import WebSocket

/// Why nothing could be captured.
package enum CaptureError: Error, Hashable, Sendable {
  /// The proxy or the mock provider could not be started.
  case cannotListen(TransportError)
  /// A file could not be written, a process not be started, a provider not be reached.
  case session(SessionError)
  /// The committed contract cannot be read.
  case contract(DiagnosticsError)
  /// The consumer did not end well.
  case consumerFailed(command: String, status: ExitStatus, journal: String)
  /// The consumer did not end in time.
  case consumerTooSlow(command: String, limit: Duration, journal: String)
  /// The scenario did not come to its end.
  case scenarioFailed(name: String, PlayOutcome.Ending, journal: String)
  /// Nothing was said that a contract could keep.
  case nothingRecorded(reason: String, journal: String)
  /// The provider could not be reached, or refused the connection.
  case noConnection(reason: String, journal: String)
  /// The capture was cancelled.
  case cancelled(journal: String)
}

extension CaptureError: CustomStringConvertible {
  /// A sentence that says what happened, that the contract is untouched, and where the traffic is.
  package var description: String {
    switch self {
    case .cannotListen(let error): "\(error)"
    case .session(let error): "\(error)"
    case .contract(let error): "\(error)"
    case .consumerFailed(let command, let status, let journal):
      "the consumer '\(command)' ended with \(status); \(Self.rest(journal))"
    case .consumerTooSlow(let command, let limit, let journal):
      "the consumer '\(command)' was still running after \(DurationText.text(of: limit)); "
        + Self.rest(journal)
    case .scenarioFailed(let name, let ending, let journal):
      "the scenario '\(name)' did not come to its end: \(ending); \(Self.rest(journal))"
    case .nothingRecorded(let reason, let journal):
      "nothing was recorded: \(reason); \(Self.rest(journal))"
    case .noConnection(let reason, let journal):
      "no connection to the provider came to be: \(reason); \(Self.rest(journal))"
    case .cancelled(let journal):
      "the capture was cancelled; \(Self.rest(journal))"
    }
  }

  private static func rest(_ journal: String) -> String {
    "the contract is as it was, and what passed is in \(journal)"
  }
}
