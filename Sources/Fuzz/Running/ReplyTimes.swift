/// A histogram of times: fixed size, exact maximum, other values to about three per cent.
///
/// Each power of two is divided into 32 equal parts; below 32 ns every nanosecond has its own.
package struct ReplyTimes: Sendable, Hashable {
  private static let parts = 32
  private static let partBits = 5

  private var counts = [Int](repeating: 0, count: 60 * Self.parts)
  /// How many times were added.
  package private(set) var count = 0
  /// The longest time.
  package private(set) var maximum: Duration = .zero

  /// An empty histogram.
  package init() {}

  /// Adds a time; a negative one counts as zero.
  package mutating func add(nanoseconds: Int64) {
    let value = max(0, nanoseconds)
    counts[Self.place(of: value)] += 1
    count += 1
    maximum = max(maximum, .nanoseconds(value))
  }

  /// The time that a part of all times, from 0 to 1, does not exceed; zero when there are none.
  package func quantile(_ part: Double) -> Duration {
    guard count > 0 else { return .zero }
    let wanted = max(1, Int((part * Double(count)).rounded(.up)))
    var seen = 0
    for (place, count) in counts.enumerated() where count > 0 {
      seen += count
      if seen >= wanted { return min(.nanoseconds(Self.upperBound(of: place)), maximum) }
    }
    return maximum
  }

  private static func place(of value: Int64) -> Int {
    guard value >= parts else { return Int(value) }
    let exponent = Int64.bitWidth - 1 - value.leadingZeroBitCount
    let part = Int(value >> Int64(exponent - partBits)) - parts
    return min((exponent - partBits + 1) * parts + part, 60 * parts - 1)
  }

  private static func upperBound(of place: Int) -> Int64 {
    guard place >= parts else { return Int64(place) }
    let shift = Int64(place / parts - 1)
    return (Int64(place % parts + parts + 1) << shift) - 1
  }
}
