import Contract

/// The report as JUnit XML, the form that the test views of CI systems read.
///
/// A group is a `testsuite`, a check a `testcase`; findings that belong to no check become cases of a
/// suite that is named after the command.
enum JUnitReport {
  static func render(_ report: RunReport) -> String {
    var suites: [(name: String, checks: [CheckResult])] = []
    for check in report.checks {
      if suites.last?.name == check.group {
        suites[suites.count - 1].checks.append(check)
      } else {
        suites.append((check.group, [check]))
      }
    }
    let loose = report.findings.map { finding in
      CheckResult(
        group: report.command,
        name: [finding.code, finding.rule].filter { !$0.isEmpty }.joined(separator: " "),
        status: finding.severity == .pending ? .pending : .failed,
        findings: [finding]
      )
    }
    if !loose.isEmpty || suites.isEmpty {
      let clean = CheckResult(group: report.command, name: report.subject, status: .passed)
      suites.append((report.command, loose.isEmpty ? [clean] : loose))
    }
    let checks = suites.flatMap(\.checks)
    let head =
      "<testsuites name=\"\(escape("wspact \(report.command)"))\" \(counts(checks))"
      + " time=\"\(report.duration.seconds)\">"
    let body = suites.flatMap { suite in
      ["  <testsuite name=\"\(escape(suite.name))\" \(counts(suite.checks))>"]
        + suite.checks.flatMap { caseLines($0, suite: suite.name) }
        + ["  </testsuite>"]
    }
    return
      (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", head] + body + ["</testsuites>"])
      .joined(separator: "\n") + "\n"
  }

  private static func counts(_ checks: [CheckResult]) -> String {
    let failures = checks.filter { $0.status == .failed }.count
    let skipped = checks.filter { $0.status == .skipped || $0.status == .pending }.count
    return "tests=\"\(checks.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
  }

  private static func caseLines(_ check: CheckResult, suite: String) -> [String] {
    let head =
      "    <testcase classname=\"\(escape(suite))\" name=\"\(escape(check.name))\""
      + " time=\"\(check.duration.seconds)\""
    switch check.status {
    case .passed:
      return ["\(head)/>"]
    case .skipped, .pending:
      let reason = check.note ?? check.findings.first?.message ?? check.status.rawValue
      return ["\(head)>", "      <skipped message=\"\(escape(reason))\"/>", "    </testcase>"]
    case .failed:
      return ["\(head)>"] + check.findings.map(failure) + ["    </testcase>"]
    }
  }

  private static func failure(_ finding: Finding) -> String {
    var lines = finding.details
    if let pointer = finding.pointer { lines.append("at \(pointer)") }
    if let expected = finding.expected { lines.append("expected \(expected)") }
    if let actual = finding.actual { lines.append("actual \(actual)") }
    if let reproduction = finding.reproduction { lines.append("again: \(reproduction.command)") }
    let text = lines.joined(separator: "\n")
    return "      <failure type=\"\(escape(finding.rule))\" message=\"\(escape(finding.message))\">"
      + "\(escape(text))</failure>"
  }

  /// The text as XML 1.0 can hold it; characters that XML forbids become U+FFFD.
  private static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.unicodeScalars.append(scalar)
      default: result += "\u{FFFD}"
      }
    }
    return result
  }
}
