import Contract

/// How much of a document came up, in a line or two.
enum CoverageText {
  /// How many names are given of what never came up.
  private static let maximumNames = 8

  /// The lines: counts, and what never came up.
  static func lines(of coverage: RunCoverage) -> [String] {
    let lines = ["coverage: " + counts(of: coverage).joined(separator: ", ")]
    let missing = unseen(in: coverage)
    guard !missing.isEmpty else { return lines }
    let more = missing.count > maximumNames ? ", and \(missing.count - maximumNames) more" : ""
    return lines + ["never seen: " + missing.prefix(maximumNames).joined(separator: ", ") + more]
  }

  /// The counts, a part each.
  static func counts(of coverage: RunCoverage) -> [String] {
    var parts = MessageDirection.allCases.compactMap { direction -> String? in
      let messages = coverage.messages.filter { $0.direction == direction }
      guard !messages.isEmpty else { return nil }
      let seen = messages.count { $0.count > 0 }
      let verb = direction == .toProvider ? "sent" : "received"
      return "\(seen) of \(messages.count) messages \(verb)"
    }
    if !coverage.answers.isEmpty {
      let seen = coverage.answers.count { $0.count > 0 }
      parts.append("\(seen) of \(coverage.answers.count) answers")
    }
    guard let keywords = coverage.keywords else { return parts }
    if keywords.valid > 0 {
      parts.append("\(keywords.validSeen) of \(keywords.valid) keywords at their boundaries")
    }
    if keywords.invalid > 0 {
      parts.append("\(keywords.invalidSeen) of \(keywords.invalid) broken")
    }
    return parts
  }

  /// The messages and answers that never came up.
  private static func unseen(in coverage: RunCoverage) -> [String] {
    coverage.messages.filter { $0.count == 0 }.map(\.name)
      + coverage.answers.filter { $0.count == 0 }.map { "\($0.operation) / \($0.reply)" }
  }
}
