import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The process groups that were started and not yet ended, for a program that is itself told to end.
package enum ProcessGroups {
  private static let running = Mutex<[Int32]>([])

  /// Ends everything that was started, at once.
  ///
  /// Not for signal handlers: it takes a lock.
  package static func killAll() {
    for group in running.withLock({ $0 }) { signal(group, SIGKILL) }
  }

  static func add(_ group: Int32) { running.withLock { $0.append(group) } }

  static func remove(_ group: Int32) { running.withLock { $0.removeAll { $0 == group } } }

  /// Sends a signal to all processes of a group; a group that is gone is fine.
  static func signal(_ group: Int32, _ signal: Int32) {
    precondition(group > 1, "\(group) is no process group that was started here")
    kill(-group, signal)
  }
}
