import Synchronization
package import WebSocket

/// Keeps what is sent to so many messages a second, over every connection that shares it.
///
/// Each message has a moment of its own, so that a burst is spread over its time.
package final class SendingPace: Sendable {
  /// The time from one message to the next.
  package let interval: Duration
  private let next = Mutex(MonotonicTime(nanoseconds: 0))

  /// Allows so many messages a second; at least one.
  package init(messagesPerSecond: Int) {
    interval = .nanoseconds(1_000_000_000 / max(1, messagesPerSecond))
  }

  /// Takes the next moment that is free.
  ///
  /// - Parameter now: The time; what was not used before is lost.
  /// - Returns: How long to wait for it.
  package func take(at now: MonotonicTime) -> Duration {
    let moment = next.withLock { next in
      let moment = max(now, next)
      next = moment.advanced(by: interval)
      return moment
    }
    return now.duration(to: moment)
  }

  /// Waits until the next message may be sent.
  ///
  /// - Throws: ``SessionError/cancelled``.
  nonisolated(nonsending) func wait() async throws(SessionError) {
    let rest = take(at: .now())
    guard rest > .zero else { return }
    do {
      try await Task.sleep(for: rest)
    } catch {
      throw .cancelled
    }
  }
}
