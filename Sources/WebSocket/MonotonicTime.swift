import NIOCore

/// A moment on the machine's monotonic clock; only differences mean anything.
package struct MonotonicTime: Comparable, Hashable, Sendable {
  /// Nanoseconds since a moment that is fixed while the machine runs.
  package var nanoseconds: UInt64

  /// Makes a moment from its nanoseconds.
  package init(nanoseconds: UInt64) {
    self.nanoseconds = nanoseconds
  }

  /// The moment of the call.
  package static func now() -> MonotonicTime {
    MonotonicTime(nanoseconds: NIODeadline.now().uptimeNanoseconds)
  }

  /// How much time passes until `later`; negative when that is earlier.
  package func duration(to later: MonotonicTime) -> Duration {
    .nanoseconds(Int64(clamping: Int128(later.nanoseconds) - Int128(nanoseconds)))
  }

  /// The moment that is so much later; stays within the clock's range.
  package func advanced(by duration: Duration) -> MonotonicTime {
    let moved = Int128(nanoseconds) + duration.wholeNanoseconds
    return MonotonicTime(nanoseconds: UInt64(clamping: moved))
  }

  /// Orders by time.
  package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The same moment for the event loop's timers.
  var deadline: NIODeadline {
    .uptimeNanoseconds(min(nanoseconds, UInt64(Int64.max)))
  }
}

extension Duration {
  /// The duration in nanoseconds, smaller parts cut off.
  var wholeNanoseconds: Int128 {
    Int128(components.seconds) * 1_000_000_000 + Int128(components.attoseconds / 1_000_000_000)
  }

  /// The duration for the event loop's timers; stays within their range.
  var timeAmount: TimeAmount { .nanoseconds(Int64(clamping: wholeNanoseconds)) }
}
