/// When to ping a silent peer, and when to give it up.
///
/// Knows no clock: it is told the time and answers with the next thing to do.
///
/// Spec: RFC 6455 §5.5.2 (a ping may serve as keep-alive), §5.5.3 (any pong shows life).
package struct KeepAlive: Hashable, Sendable {
  /// How often to ping.
  package var interval: Duration
  /// How long the peer may stay silent in spite of pings; at least ``interval``.
  package var timeout: Duration

  /// Makes a rule.
  package init(interval: Duration, timeout: Duration) {
    self.interval = interval
    self.timeout = timeout
  }

  /// What to do at some moment.
  enum Action: Equatable, Sendable {
    /// Send a ping, and ask again then.
    case ping(askAgainAt: MonotonicTime)
    /// The peer is gone.
    case expired
  }

  /// Asks what to do.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - lastHeard: When the last bytes came from the peer.
  /// - Returns: The one thing to do now.
  func action(at now: MonotonicTime, lastHeard: MonotonicTime) -> Action {
    let silentUntil = lastHeard.advanced(by: timeout)
    guard now < silentUntil else { return .expired }
    return .ping(askAgainAt: min(now.advanced(by: interval), silentUntil))
  }
}
