package import Contract
import WebSocket

/// What kept a connection from a clean end, as the `problem` of a transcript's closure begins.
package enum ClosureProblem: String, CaseIterable, Sendable {
  /// The provider broke a rule of RFC 6455, and this side closed because of it.
  case violation = "protocol violation"
  /// The provider's part of the closing handshake did not come.
  case closeNotAnswered = "close not answered"
  /// TCP ended or was reset without a close frame.
  case noCloseFrame = "no close frame"
  /// This side dropped the connection on purpose.
  case dropped = "dropped"
  /// Something else, such as a peer that did not read.
  case other = "broken"

  init?(_ closure: Closure) {
    if closure.violation != nil {
      self = .violation
      return
    }
    guard !closure.isClean else { return nil }
    switch closure.failure {
    case .ended, .reset: self = closure.initiator == .local ? .closeNotAnswered : .noCloseFrame
    case .closeTimeout: self = .closeNotAnswered
    case .dropped: self = .dropped
    case .keepAliveTimeout, .slowReader, .inputOutput: self = .other
    case nil: self = closure.code == nil ? .noCloseFrame : .other
    }
  }
}

extension TranscriptClosure {
  /// What kept the connection from a clean end; `nil` when nothing did.
  package var problemKind: ClosureProblem? {
    guard let problem else { return nil }
    return ClosureProblem.allCases.first { problem.hasPrefix($0.rawValue) } ?? .other
  }
}
