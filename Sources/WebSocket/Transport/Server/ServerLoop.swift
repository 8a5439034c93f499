import NIOCore

/// The one event loop that a server and its service run on.
///
/// A service is an actor whose `unownedExecutor` is ``executor``: the server calls it directly,
/// without changing threads, and its state needs no other protection.
package struct ServerLoop: Sendable {
  let loop: any EventLoop

  /// What the service has to run on.
  ///
  /// Lives as long as the process.
  package var executor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  /// Runs work on the loop, later.
  ///
  /// A service writes `loop.schedule(after: .seconds(1)) { self.assumeIsolated { $0.tick() } }`.
  ///
  /// - Returns: A handle that cancels the work while it has not begun.
  @discardableResult
  package func schedule(
    after delay: Duration,
    _ work: @escaping @Sendable () -> Void
  ) -> ScheduledWork {
    ScheduledWork(scheduled: loop.scheduleTask(in: delay.timeAmount, work))
  }
}

/// Work that will run on a ``ServerLoop``.
package struct ScheduledWork: Sendable {
  let scheduled: Scheduled<Void>

  /// Keeps the work from running; nothing when it has run.
  package func cancel() {
    scheduled.cancel()
  }
}
