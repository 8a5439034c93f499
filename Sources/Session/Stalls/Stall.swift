package import WebSocket

/// A time in which this program stood still, so that what it measured is not to be trusted.
package struct Stall: Hashable, Sendable {
  /// When it began, or a little later.
  package var begin: MonotonicTime
  /// When it was over.
  package var end: MonotonicTime

  /// Describes a stall.
  package init(begin: MonotonicTime, end: MonotonicTime) {
    self.begin = begin
    self.end = end
  }

  /// How long it was.
  package var duration: Duration { begin.duration(to: end) }
}
