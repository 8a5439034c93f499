import Contract
import JSON

/// The report for programs: every fact of the run, members in a fixed order.
enum JSONReport {
  static func render(_ report: RunReport) -> String {
    value(of: report).text(.pretty) + "\n"
  }

  private static func value(of report: RunReport) -> JSONValue {
    object([
      ("command", .string(report.command)),
      ("subject", .string(report.subject)),
      ("clean", .bool(report.isClean)),
      ("seed", report.seed.map { .string(String($0)) }),
      ("durationSeconds", .number(JSONNumber(report.duration.seconds))),
      ("checks", .array(report.checks.map(value(of:)))),
      ("findings", .array(report.findings.map(value(of:)))),
      ("statistics", .array(report.statistics.map(value(of:)))),
      ("notes", .array(report.notes.map { .string($0) })),
      ("coverage", report.coverage.map(value(of:))),
      ("machine", report.machine.map(value(of:))),
    ])
  }

  private static func value(of coverage: RunCoverage) -> JSONValue {
    object([
      ("messages", .array(coverage.messages.map(value(of:)))),
      (
        "answers",
        .array(
          coverage.answers.map { answer in
            object([
              ("operation", .string(answer.operation)),
              ("reply", .string(answer.reply)),
              ("count", .number(JSONNumber(answer.count))),
            ])
          }
        )
      ),
      ("transitions", .number(JSONNumber(coverage.transitions))),
    ])
  }

  private static func value(of message: RunCoverage.Message) -> JSONValue {
    object([
      ("name", .string(message.name)),
      ("direction", .string(message.direction.rawValue)),
      ("count", .number(JSONNumber(message.count))),
      ("keywords", message.keywords.map(value(of:))),
    ])
  }

  private static func value(of keywords: RunCoverage.Keywords) -> JSONValue {
    object([
      ("valid", .number(JSONNumber(keywords.valid))),
      ("validSeen", .number(JSONNumber(keywords.validSeen))),
      ("invalid", .number(JSONNumber(keywords.invalid))),
      ("invalidSeen", .number(JSONNumber(keywords.invalidSeen))),
      ("untried", .array(keywords.untried.map { .string($0) })),
    ])
  }

  private static func value(of machine: StateMachine) -> JSONValue {
    object([
      ("states", .number(JSONNumber(machine.states))),
      (
        "transitions",
        .array(
          machine.transitions.map { transition in
            object([
              ("from", .number(JSONNumber(transition.key.from))),
              ("operation", .string(transition.key.operation)),
              ("reply", .string(transition.key.reply)),
              ("to", .number(JSONNumber(transition.key.to))),
              ("count", .number(JSONNumber(transition.count))),
            ])
          }
        )
      ),
      ("mermaid", .string(machine.mermaid)),
    ])
  }

  private static func value(of check: CheckResult) -> JSONValue {
    object([
      ("group", .string(check.group)),
      ("name", .string(check.name)),
      ("status", .string(check.status.rawValue)),
      ("note", check.note.map { .string($0) }),
      ("durationSeconds", .number(JSONNumber(check.duration.seconds))),
      ("findings", .array(check.findings.map(value(of:)))),
    ])
  }

  private static func value(of finding: Finding) -> JSONValue {
    object([
      ("code", finding.code.isEmpty ? nil : .string(finding.code)),
      ("rule", .string(finding.rule)),
      ("severity", .string(finding.severity.rawValue)),
      ("message", .string(finding.message)),
      ("signature", finding.signature.isEmpty ? nil : .string(finding.signature)),
      ("traffic", finding.traffic.map(value(of:))),
      ("definition", finding.definition.map { .string("\($0)") }),
      ("pointer", finding.pointer.map { .string($0.description) }),
      ("expected", finding.expected.map { .string($0) }),
      ("actual", finding.actual.map { .string($0) }),
      ("details", .array(finding.details.map { .string($0) })),
      ("reproduction", finding.reproduction.map(value(of:))),
      ("effort", finding.effort.map(value(of:))),
    ])
  }

  private static func value(of traffic: TrafficLocation) -> JSONValue {
    object([
      ("connection", .string(traffic.connection)),
      ("frame", traffic.frame.map { .number(JSONNumber($0)) }),
      ("step", traffic.step.map { .number(JSONNumber($0)) }),
    ])
  }

  private static func value(of reproduction: Reproduction) -> JSONValue {
    object([
      ("seed", reproduction.seed.map { .string(String($0)) }),
      ("command", .string(reproduction.command)),
      ("scenario", reproduction.scenarioFile.map { .string($0) }),
      ("transcript", reproduction.transcriptFile.map { .string($0) }),
      ("reproduced", .number(JSONNumber(reproduction.reproduced))),
      ("attempts", .number(JSONNumber(reproduction.attempts))),
    ])
  }

  private static func value(of effort: FindingEffort) -> JSONValue {
    object([
      ("seconds", .number(JSONNumber(effort.time.seconds))),
      ("messages", .number(JSONNumber(effort.messages))),
      ("executions", .number(JSONNumber(effort.executions))),
      ("steps", .number(JSONNumber(effort.steps))),
    ])
  }

  private static func value(of statistic: Statistic) -> JSONValue {
    object([
      ("name", .string(statistic.name)),
      ("value", .number(JSONNumber(statistic.value))),
      ("unit", .string(statistic.unit)),
    ])
  }

  /// An object without the members that have no value.
  private static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(
      JSONObject(
        members.compactMap { name, value in
          value.map { JSONObject.Member(name: name, value: $0) }
        }
      )
    )
  }
}
