import ArgumentParser

/// A duration as it is written on the command line: `30s`, `250ms`, `2m`.
struct DurationArgument: ExpressibleByArgument {
  /// The duration.
  var duration: Duration

  init(_ duration: Duration) { self.duration = duration }

  /// Reads a whole number with its unit, at most a day.
  init?(argument: String) {
    let digits = argument.prefix { ("0"..."9").contains($0) }
    guard let number = Int(digits), number > 0 else { return nil }
    let milliseconds: Int
    switch argument.dropFirst(digits.count) {
    case "ms": milliseconds = 1
    case "s": milliseconds = 1_000
    case "m": milliseconds = 60_000
    default: return nil
    }
    guard number <= 86_400_000 / milliseconds else { return nil }
    duration = .milliseconds(number * milliseconds)
  }

  /// The text that stands in the help.
  var defaultValueDescription: String {
    let milliseconds = duration / .milliseconds(1)
    return milliseconds >= 1_000 ? "\(Int(milliseconds / 1_000))s" : "\(Int(milliseconds))ms"
  }
}
