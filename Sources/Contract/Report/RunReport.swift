/// What one run of a command found, ready for any format.
package struct RunReport: Sendable, Hashable {
  /// The command (`verify`).
  package var command: String
  /// What was examined, in a line (`chat provider at ws://127.0.0.1:4100/ws`).
  package var subject: String
  /// The seed, where chance was involved.
  package var seed: UInt64?
  /// The single checks, in the order in which they were made.
  package var checks: [CheckResult]
  /// Findings that belong to no single check.
  package var findings: [Finding]
  /// Counts and measures, in the order in which they are shown.
  package var statistics: [Statistic]
  /// Remarks that are no findings.
  package var notes: [String]
  /// How the provider was seen to behave, where that was learned.
  package var machine: StateMachine?
  /// How much of what the document allows came up, where that was counted.
  package var coverage: RunCoverage?
  /// What the rules of its findings mean, where they have codes.
  package var rules: [RuleHelp] = []
  /// How long the run took.
  package var duration: Duration

  /// Begins a report.
  package init(
    command: String,
    subject: String,
    seed: UInt64? = nil,
    checks: [CheckResult] = [],
    findings: [Finding] = [],
    statistics: [Statistic] = [],
    notes: [String] = [],
    duration: Duration = .zero
  ) {
    self.command = command
    self.subject = subject
    self.seed = seed
    self.checks = checks
    self.findings = findings
    self.statistics = statistics
    self.notes = notes
    self.duration = duration
  }

  /// Every finding, those of the checks first.
  package var allFindings: [Finding] { checks.flatMap(\.findings) + findings }

  /// Whether no check failed and no finding of severity `failure` or `flaky` was made.
  package var isClean: Bool {
    !checks.contains { $0.status == .failed } && allFindings.allSatisfy { $0.severity == .pending }
  }
}

/// The outcome of one check: an interaction, a drill, a rule.
package struct CheckResult: Sendable, Hashable {
  /// How it ended.
  package enum Status: String, Sendable, Hashable, CaseIterable {
    /// As it should be.
    case passed
    /// Something was found.
    case failed
    /// Something was found, in a check that may not fail the run yet.
    case pending
    /// It was left out; a note says why.
    case skipped
  }

  /// Which group it belongs to (a contract file).
  package var group: String
  /// What was checked.
  package var name: String
  /// How it ended.
  package var status: Status
  /// Why it was skipped, or another remark.
  package var note: String?
  /// How long it took.
  package var duration: Duration
  /// What it found.
  package var findings: [Finding]

  /// States an outcome.
  package init(
    group: String,
    name: String,
    status: Status,
    note: String? = nil,
    duration: Duration = .zero,
    findings: [Finding] = []
  ) {
    self.group = group
    self.name = name
    self.status = status
    self.note = note
    self.duration = duration
    self.findings = findings
  }
}

/// A count or measure with its unit.
package struct Statistic: Sendable, Hashable {
  /// What is measured, in words (`messages sent`).
  package var name: String
  /// The value.
  package var value: Double
  /// The unit (`ms`), or empty for a count.
  package var unit: String

  /// States a measure.
  package init(_ name: String, _ value: Double, unit: String = "") {
    self.name = name
    self.value = value
    self.unit = unit
  }
}
