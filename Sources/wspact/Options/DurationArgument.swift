import ArgumentParser
import Contract

/// A duration on the command line: `100ms`, `30s`, `1m30s`.
struct DurationArgument: ExpressibleByArgument {
  /// The duration.
  var duration: Duration

  init(_ duration: Duration) { self.duration = duration }

  init?(argument: String) {
    guard let duration = DurationText.parse(argument) else { return nil }
    self.duration = duration
  }

  /// The text that help pages show as the default.
  var defaultValueDescription: String { DurationText.text(of: duration) }
}
