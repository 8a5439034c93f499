import Synchronization
package import WebSocket

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Notices when this program gets no processor time, by a thread that measures how late it wakes up.
///
/// A provider must not be blamed for the time in which the program that watches it stood still.
package final class StallDetector: Sendable {
  /// How often the thread wakes up.
  package static let period: Duration = .milliseconds(10)
  /// How much too late it must wake up for a stall; 20 ms.
  package static let defaultThreshold: Duration = .milliseconds(20)
  /// How many stalls are kept.
  package static let keptStalls = 256

  /// What the thread and the others share.
  private final class Shared: Sendable {
    struct State {
      var stalls: [Stall] = []
      var forgotten = 0
      var isStopped = false
      var lastBeat: MonotonicTime
    }

    let state: Mutex<State>
    let threshold: Duration

    init(threshold: Duration) {
      self.threshold = threshold
      state = Mutex(State(lastBeat: .now()))
    }

    /// Notes that the thread is awake; false tells it to end.
    func beat(_ now: MonotonicTime) -> Bool {
      state.withLock { state in
        let expected = state.lastBeat.advanced(by: StallDetector.period)
        if expected.duration(to: now) > threshold {
          state.stalls.append(Stall(begin: expected, end: now))
          if state.stalls.count > StallDetector.keptStalls {
            state.stalls.removeFirst()
            state.forgotten += 1
          }
        }
        state.lastBeat = now
        return !state.isStopped
      }
    }
  }

  private let shared: Shared

  /// Starts to watch.
  ///
  /// - Parameter threshold: How much too late the thread must wake up for a stall.
  package init(threshold: Duration = StallDetector.defaultThreshold) {
    shared = Shared(threshold: threshold)
    Self.startThread(shared)
  }

  deinit { shared.state.withLock { $0.isStopped = true } }

  /// How many stalls there have been.
  package var count: Int { shared.state.withLock { $0.forgotten + $0.stalls.count } }

  /// The stalls after the first `count`, the oldest first, as far as they are kept; the present one
  /// too, when the thread should have woken up long ago.
  package func stalls(after count: Int) -> [Stall] {
    shared.state.withLock { Array($0.stalls.dropFirst(max(0, count - $0.forgotten))) }
  }

  /// A moment at which the thread was known to be awake; what is later may yet turn out a stall.
  package var lastBeat: MonotonicTime { shared.state.withLock(\.lastBeat) }

  private static func startThread(_ shared: Shared) {
    let context = Unmanaged.passRetained(shared)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let failure = pthread_create(
      &thread,
      nil,
      { context in
        #if canImport(Darwin)
          let shared = Unmanaged<Shared>.fromOpaque(context).takeRetainedValue()
        #else
          guard let context else { return nil }
          let shared = Unmanaged<Shared>.fromOpaque(context).takeRetainedValue()
        #endif
        var pause = timespec(tv_sec: 0, tv_nsec: 10_000_000)
        while shared.beat(.now()) { nanosleep(&pause, nil) }
        return nil
      },
      context.toOpaque()
    )
    if failure != 0 {
      // Without the thread nothing is explained away; replays still guard against false alarms.
      context.release()
      return
    }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
  }
}
