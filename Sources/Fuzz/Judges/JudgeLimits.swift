/// What a provider is allowed, and how long it was waited for.
package struct JudgeLimits: Hashable, Sendable {
  /// The longest time from a request to its first reply; 100 ms.
  package var budget: Duration
  /// The time that a message takes there and back without any work, which is not the provider's.
  package var baseline: Duration
  /// How long a reply was waited for before it counts as missing.
  package var patience: Duration
  /// How long the provider was ready to run and had no processor, where that was looked at: another
  /// process had it.
  package var starvation: Duration = .zero
  /// Whether nobody else talks to the provider.
  package var isAlone = false

  /// Takes limits.
  ///
  /// - Parameters:
  ///   - budget: The longest time to the first reply.
  ///   - baseline: The time of the way there and back.
  ///   - patience: How long was waited; ``patience(for:)`` when `nil`.
  package init(
    budget: Duration = .milliseconds(100),
    baseline: Duration = .zero,
    patience: Duration? = nil
  ) {
    self.budget = budget
    self.baseline = baseline
    self.patience = patience ?? Self.patience(for: budget)
  }

  /// How long to wait for a reply: ten times the budget, and at least a second.
  package static func patience(for budget: Duration) -> Duration {
    max(.seconds(1), budget * 10)
  }
}

extension Duration {
  /// The duration in nanoseconds; at most what an `Int64` holds.
  var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    let (sum, tooMuch) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return tooMuch ? (seconds < 0 ? .min : .max) : sum
  }

  /// The duration as people read it: `143 ms`, `2.5 s`.
  var brief: String {
    let nanoseconds = wholeNanoseconds
    guard nanoseconds < 1_000_000_000 else {
      let tenths = nanoseconds / 100_000_000
      return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
    guard nanoseconds < 10_000_000 else { return "\(nanoseconds / 1_000_000) ms" }
    let hundredths = nanoseconds / 10_000
    return hundredths % 100 == 0
      ? "\(hundredths / 100) ms"
      : "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) ms"
  }
}
