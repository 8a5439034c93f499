/// How many durations are at most so long.
struct Histogram: Hashable, Sendable {
  /// The bounds of the buckets, in microseconds; the last bucket has none.
  static let boundsInMicroseconds: [Int] = [
    100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    2_500_000, 5_000_000, 10_000_000,
  ]

  /// How many durations fell into each bucket, not counting those of the buckets before.
  private(set) var counts = [Int](repeating: 0, count: boundsInMicroseconds.count + 1)
  /// All durations together, in nanoseconds.
  private(set) var nanoseconds: Int128 = 0

  /// Adds a duration.
  mutating func add(_ duration: Duration) {
    let length = max(0, duration.wholeNanoseconds)
    let bucket = Self.boundsInMicroseconds.firstIndex { length <= Int128($0) * 1000 }
    counts[bucket ?? counts.count - 1] += 1
    nanoseconds += length
  }
}
