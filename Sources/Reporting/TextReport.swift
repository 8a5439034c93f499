import Contract
import JSON

/// The report as people read it in a terminal: one line a check, and under a failed one what was
/// expected, what came, and how to see it again.
struct TextReport {
  var palette: Palette

  func render(_ report: RunReport) -> String {
    var lines = ["\(palette.strong(report.command)) \(report.subject)", ""]
    lines += checkLines(report.checks)
    for (number, finding) in report.findings.enumerated() {
      if number > 0 { lines.append("") }
      lines += findingLines(finding, indent: "")
    }
    if !report.findings.isEmpty { lines.append("") }
    lines += report.notes.map { "note: \($0)" }
    lines += statisticLines(report.statistics)
    if let coverage = report.coverage { lines += CoverageText.lines(of: coverage) + [""] }
    lines.append(summary(report))
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Checks

  private func checkLines(_ checks: [CheckResult]) -> [String] {
    var lines: [String] = []
    var group: String?
    for check in checks {
      if check.group != group {
        if group != nil { lines.append("") }
        lines.append(check.group)
        group = check.group
      }
      let remark = check.note.map { ": \($0)" } ?? ""
      let time = check.duration > .zero ? palette.quiet("  (\(check.duration.readable))") : ""
      lines.append("  \(label(check.status))  \(check.name)\(remark)\(time)")
      for finding in check.findings { lines += findingLines(finding, indent: "        ") }
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  private func label(_ status: CheckResult.Status) -> String {
    switch status {
    case .passed: palette.good("ok  ")
    case .failed: palette.bad("FAIL")
    case .pending: palette.doubtful("pend")
    case .skipped: palette.quiet("skip")
    }
  }

  // MARK: Findings

  private func findingLines(_ finding: Finding, indent: String) -> [String] {
    var lines = ["\(title(finding)): \(finding.message)"]
    if let pointer = finding.pointer, !pointer.tokens.isEmpty {
      lines.append("  at        \(pointer)")
    }
    if let expected = finding.expected { lines.append("  expected  \(expected)") }
    if let actual = finding.actual ?? finding.expected.map({ _ in "nothing" }) {
      lines.append("  actual    \(actual)")
    }
    if let traffic = finding.traffic { lines.append("  seen      \(place(traffic))") }
    lines += finding.details.map { "  \($0)" }
    if let reproduction = finding.reproduction {
      if reproduction.attempts > 0 {
        lines.append("  repeated  \(reproduction.reproduced) of \(reproduction.attempts) times")
      }
      let seed = reproduction.seed.map { "seed \($0); " } ?? ""
      lines.append("  again     \(seed)\(reproduction.command)")
    }
    return lines.map { indent + $0 }
  }

  private func title(_ finding: Finding) -> String {
    let name = [finding.code, finding.rule].filter { !$0.isEmpty }.joined(separator: " ")
    switch finding.severity {
    case .failure: return palette.bad(name)
    case .flaky: return palette.doubtful("\(name) (flaky)")
    case .pending: return palette.doubtful("\(name) (pending)")
    }
  }

  private func place(_ traffic: TrafficLocation) -> String {
    var parts = ["connection \(traffic.connection)"]
    if let frame = traffic.frame { parts.append("frame \(frame)") }
    if let step = traffic.step { parts.append("step \(step)") }
    return parts.joined(separator: ", ")
  }

  // MARK: The end

  private func statisticLines(_ statistics: [Statistic]) -> [String] {
    guard !statistics.isEmpty else { return [] }
    let width = statistics.map(\.name.count).max() ?? 0
    return statistics.map { statistic in
      let name = statistic.name.padding(to: width)
      let unit = statistic.unit.isEmpty ? "" : " \(statistic.unit)"
      return "  \(name)  \(statistic.value.short)\(unit)"
    } + [""]
  }

  private func summary(_ report: RunReport) -> String {
    var parts: [String] = []
    if !report.checks.isEmpty {
      let counts = CheckResult.Status.allCases.compactMap { status -> String? in
        let count = report.checks.filter { $0.status == status }.count
        return count == 0 ? nil : "\(count) \(status.rawValue)"
      }
      parts.append(counts.joined(separator: ", "))
    }
    if report.checks.isEmpty || !report.findings.isEmpty {
      let count = report.findings.count
      parts.append(count == 0 ? "no finding" : count == 1 ? "1 finding" : "\(count) findings")
    }
    if let seed = report.seed { parts.append("seed \(seed)") }
    parts.append(report.duration.readable)
    let text = "\(report.command): \(parts.joined(separator: "; "))"
    return report.isClean ? palette.good(text) : palette.bad(text)
  }
}

extension String {
  /// The text with spaces behind it, up to a width in characters.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
