/// How fast a count grows.
enum RateOverTime {
  /// Counts over some time, a tenth of it as warm-up.
  ///
  /// - Parameters:
  ///   - time: How long to count.
  ///   - count: The count so far.
  /// - Returns: Its growth a second.
  /// - Throws: What `count` throws, or `CancellationError`.
  nonisolated(nonsending) static func measure(
    _ time: Duration,
    _ count: () async throws -> Int
  ) async throws -> Double {
    try await Task.sleep(for: time / 10)
    let first = try await count()
    let begin = ContinuousClock.now
    try await Task.sleep(for: time)
    let last = try await count()
    return Double(last - first) / begin.duration(to: .now).seconds
  }
}
