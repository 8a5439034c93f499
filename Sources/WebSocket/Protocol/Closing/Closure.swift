/// How a connection ended.
///
/// Spec: RFC 6455 §7.1.4 (clean), §7.1.5 (code), §7.1.6 (reason).
package struct Closure: Hashable, Sendable {
  /// The side that ended the connection first, by a close frame or by ending TCP.
  package enum Initiator: Hashable, Sendable {
    /// This side.
    case local
    /// The peer.
    case remote
    /// Neither, as far as can be told, such as a network that went away.
    case none
  }

  /// What kept a connection from being closed cleanly.
  package enum Failure: Hashable, Sendable {
    /// TCP ended without a close frame.
    case ended
    /// The peer reset the connection, as a process that is killed does.
    case reset
    /// This side dropped the connection without a close frame.
    case dropped
    /// No close frame answered ours in time.
    case closeTimeout(Duration)
    /// No frame came for so long, although pings were sent.
    case keepAliveTimeout(Duration)
    /// The peer did not read: this many bytes were waiting.
    case slowReader(unsentBytes: Int)
    /// Reading or writing failed.
    case inputOutput(String)
  }

  /// The code of the peer's close frame.
  ///
  /// 1005 when the frame was empty; nil when none came, which RFC 6455 calls 1006.
  package var code: CloseCode?
  /// The reason in the peer's close frame.
  package var reason: String
  /// The side that ended the connection first.
  package var initiator: Initiator
  /// Whether both sides sent a close frame.
  package var isClean: Bool
  /// The rule that the peer broke, when that is why this side closed.
  package var violation: ProtocolViolation?
  /// What went wrong; nil for a clean closure.
  package var failure: Failure?
  /// When it was over.
  package var at: MonotonicTime

  /// Makes a closure.
  package init(
    code: CloseCode?,
    reason: String = "",
    initiator: Initiator,
    isClean: Bool,
    violation: ProtocolViolation? = nil,
    failure: Failure? = nil,
    at: MonotonicTime
  ) {
    self.code = code
    self.reason = reason
    self.initiator = initiator
    self.isClean = isClean
    self.violation = violation
    self.failure = failure
    self.at = at
  }
}

extension Closure: CustomStringConvertible {
  /// A phrase such as `closed by the peer with 1001 (going away): restart`.
  package var description: String {
    if let violation {
      let rule = "\(violation.document) section \(violation.section)"
      return "closed because the peer broke \(rule): \(violation)"
    }
    if let code {
      let who =
        initiator == .local ? "closed by this side, the peer answered" : "closed by the peer with"
      return "\(who) \(code)\(reason.isEmpty ? "" : ": \(reason)")"
    }
    return switch failure {
    case .ended: "ended by the peer without a close frame"
    case .reset: "reset by the peer"
    case .dropped: "dropped by this side"
    case .closeTimeout(let limit): "dropped, as no close frame came within \(limit)"
    case .keepAliveTimeout(let limit): "dropped, as nothing came for \(limit) in spite of pings"
    case .slowReader(let bytes): "dropped, as the peer left \(bytes) bytes unread"
    case .inputOutput(let reason): "broken: \(reason)"
    case nil: "closed"
    }
  }
}
