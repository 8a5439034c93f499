#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How fast a count grows, and what that costs.
struct RateOverTime {
  /// The growth in a second.
  var perSecond: Double
  /// The processor time of this process for each, in microseconds.
  var processorMicroseconds: Double

  /// Counts over some time, a tenth of it as warm-up.
  ///
  /// - Parameters:
  ///   - time: How long to count.
  ///   - count: The count so far.
  /// - Returns: Its growth.
  /// - Throws: What `count` throws, or `CancellationError`.
  nonisolated(nonsending) static func measure(
    _ time: Duration,
    _ count: () async throws -> Int
  ) async throws -> RateOverTime {
    try await Task.sleep(for: time / 10)
    let (first, firstCost) = (try await count(), processorMicroseconds())
    let begin = ContinuousClock.now
    try await Task.sleep(for: time)
    let (last, lastCost) = (try await count(), processorMicroseconds())
    let growth = Double(last - first)
    return RateOverTime(
      perSecond: growth / begin.duration(to: .now).seconds,
      processorMicroseconds: Double(lastCost - firstCost) / max(growth, 1)
    )
  }

  /// What this process has used of the processors so far.
  private static func processorMicroseconds() -> Int {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(CInt(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return [usage.ru_utime, usage.ru_stime].reduce(0) { sum, time in
      sum + Int(time.tv_sec) * 1_000_000 + Int(time.tv_usec)
    }
  }
}
