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
  private struct State {
    var running: [Int32] = []
    var processGuard: ProcessGuard?
  }

  private static let state = Mutex(State())

  /// Ends everything that was started, at once.
  ///
  /// Not for signal handlers: it takes a lock.
  package static func killAll() {
    for group in state.withLock({ $0.running }) { signal(group, SIGKILL) }
  }

  /// Sees to it that groups which are added from now on end with this program, however it ends.
  nonisolated(nonsending) static func prepare() async {
    let processGuard = state.withLock { state in
      if state.processGuard == nil { state.processGuard = ProcessGuard() }
      return state.processGuard
    }
    await processGuard?.whenRunning()
  }

  static func add(_ group: Int32) {
    state.withLock { state in
      state.running.append(group)
      state.processGuard?.watch(group)
    }
  }

  static func remove(_ group: Int32) {
    state.withLock { state in
      state.running.removeAll { $0 == group }
      state.processGuard?.forget(group)
    }
  }

  /// Sends a signal to all processes of a group; a group that is gone is fine.
  static func signal(_ group: Int32, _ signal: Int32) {
    precondition(group > 1, "\(group) is no process group that was started here")
    kill(-group, signal)
  }
}
