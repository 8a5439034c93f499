#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Times pieces of work and prints what came out.
enum Measurement {
  /// How many rounds are timed; the median counts.
  static let rounds = 7

  /// Runs `work` repeatedly for about a quarter of a second a round.
  ///
  /// - Parameters:
  ///   - name: What is measured.
  ///   - unit: What is counted (`messages`).
  ///   - work: Does the work once, and returns how many units that was.
  static func rate(_ name: String, unit: String, _ work: () throws -> Int) rethrows {
    var rates: [Double] = []
    for _ in 0..<rounds {
      var count = 0
      let begin = ContinuousClock.now
      while begin.duration(to: .now) < .milliseconds(250) { count += try work() }
      rates.append(Double(count) / begin.duration(to: .now).seconds)
    }
    report(name, "\(grouped(median(rates))) \(unit)/s")
  }

  /// Runs `work` repeatedly for about a quarter of a second a round, on one core.
  ///
  /// Time that the processor gave to other programs does not count.
  ///
  /// - Parameters:
  ///   - name: What is measured.
  ///   - unit: What is counted.
  ///   - work: Does the work once, and returns how many units that was.
  /// - Returns: The median of the units a second of processor time, which is printed too.
  @discardableResult
  static func coreRate(
    _ name: String,
    unit: String,
    _ work: () throws -> Double
  ) rethrows -> Double {
    let rate = try median((0..<rounds).map { _ in try onePass(0.25, work) })
    report(name, "\(grouped(rate)) \(unit)")
    return rate
  }

  /// Runs `work` until it has used so many seconds of processor time.
  ///
  /// - Returns: How many units were done in a second of it.
  static func onePass(_ seconds: Double, _ work: () throws -> Double) rethrows -> Double {
    var count = 0.0
    let begin = processorTime
    var spent = 0.0
    while spent < seconds {
      count += try work()
      spent = processorTime - begin
    }
    return count / spent
  }

  /// The processor time that the program has used, in seconds.
  static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Prints a line.
  static func report(_ name: String, _ figure: String) {
    let padding = String(repeating: " ", count: max(1, 44 - name.count))
    print("  \(name)\(padding)\(figure)")
  }

  /// The middle of the values; 0 when there are none.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  /// A whole number with separators: `1,234,567`.
  static func grouped(_ value: Double) -> String {
    let digits = Array(String(Int(value.rounded())))
    return digits.enumerated().map { index, digit in
      let rest = digits.count - index
      return index > 0 && rest % 3 == 0 ? ",\(digit)" : "\(digit)"
    }.joined()
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
