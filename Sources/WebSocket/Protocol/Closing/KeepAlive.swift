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
  /// Being asked late, because this side was held up, is not held against the peer: it always has
  /// the time between interval and timeout to answer the first ping.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - lastHeard: When the last bytes came from the peer.
  ///   - firstPing: When the first ping since then was sent; nil when none was.
  /// - Returns: The one thing to do now.
  func action(
    at now: MonotonicTime,
    lastHeard: MonotonicTime,
    firstPing: MonotonicTime?
  ) -> Action {
    let pinged = firstPing ?? now
    let expiry = max(
      lastHeard.advanced(by: timeout),
      pinged.advanced(by: timeout - interval)
    )
    guard firstPing == nil || now < expiry else { return .expired }
    return .ping(askAgainAt: min(now.advanced(by: interval), expiry))
  }
}
