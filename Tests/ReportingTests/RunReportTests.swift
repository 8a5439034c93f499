import Contract
import JSON
import Reporting
import TestSupport
import Testing

struct RunReportTests {
  static let clean = RunReport(
    command: "verify",
    subject: "chat at ws://127.0.0.1:4100/ws",
    checks: [
      CheckResult(
        group: "contracts/frontend-v1.json",
        name: "ping is answered with pong",
        status: .passed,
        duration: .microseconds(850)
      )
    ],
    duration: .milliseconds(12)
  )

  static let mixed = RunReport(
    command: "verify",
    subject: "chat at ws://127.0.0.1:4100/ws",
    checks: [
      CheckResult(
        group: "contracts/a.json",
        name: "ping is answered with pong",
        status: .passed,
        duration: .milliseconds(3)
      ),
      CheckResult(
        group: "contracts/a.json",
        name: "subscribe_thread is answered with thread_history",
        status: .failed,
        findings: [
          Finding(
            rule: "reply-mismatch",
            message: "thread_history: $.messages[0].sent_at: the member is missing",
            traffic: TrafficLocation(connection: "main", frame: 4),
            pointer: JSONPointer(tokens: ["messages", "0", "sent_at"]),
            expected: "\"2025-07-01T12:00:00Z\"",
            actual: nil,
            details: ["rule      datetime at $.messages[*].sent_at"]
          )
        ]
      ),
      CheckResult(
        group: "contracts/b.json",
        name: "a <new> message & \"its\" reply",
        status: .pending,
        findings: [Finding(rule: "missing-reply", severity: .pending, message: "pong did not come")]
      ),
      CheckResult(
        group: "contracts/b.json",
        name: "left out",
        status: .skipped,
        note: "not selected"
      ),
    ],
    notes: ["one contract is pending"],
    duration: .seconds(1.5)
  )

  static let fuzzed = RunReport(
    command: "fuzz",
    subject: "Chat 1.0.0 at ws://127.0.0.1:4100/ws",
    seed: 7,
    findings: [
      Finding(
        code: "WSP201",
        rule: "late-reply",
        message: "send_message was answered after 182 ms",
        signature: "WSP201 send_message",
        traffic: TrafficLocation(connection: "a", frame: 3, step: 2),
        expected: "within 100 ms",
        actual: "182 ms",
        details: ["1. a says subscribe_thread {...}", "2. a says send_message {...}"],
        reproduction: Reproduction(
          seed: 7,
          command: "wspact replay .wspact/failures/late.yml",
          reproduced: 3,
          attempts: 3
        ),
        effort: FindingEffort(time: .milliseconds(1_250), messages: 3_400, executions: 41, steps: 2)
      )
    ],
    statistics: [Statistic("cases", 120), Statistic("reply time, median", 0.42, unit: "ms")],
    duration: .seconds(20)
  )

  struct Example: CustomTestStringConvertible {
    let name: String
    let report: RunReport
    var testDescription: String { name }
  }

  static let examples = [
    Example(name: "clean", report: clean),
    Example(name: "mixed", report: mixed),
    Example(name: "fuzzed", report: fuzzed),
  ]

  @Test(arguments: examples, ReportFormat.allCases)
  func `a report looks the same in each format as it always did`(
    example: Example,
    format: ReportFormat
  ) {
    expectSnapshot(
      example.report.rendered(as: format),
      named: "\(example.name).\(format.rawValue).txt"
    )
  }

  @Test
  func `a failed check or a finding makes a run unclean, a pending one does not`() {
    #expect(Self.clean.isClean)
    #expect(!Self.mixed.isClean)
    #expect(!Self.fuzzed.isClean)
    let pending = RunReport(
      command: "verify",
      subject: "x",
      checks: [
        CheckResult(
          group: "g",
          name: "n",
          status: .pending,
          findings: [Finding(rule: "r", severity: .pending, message: "m")]
        )
      ]
    )
    #expect(pending.isClean)
  }

  @Test(arguments: examples)
  func `the JSON form is JSON, and says whether the run was clean`(example: Example) throws {
    let value = try JSONValue.parse(example.report.rendered(as: .json))
    #expect(value["clean"]?.boolValue == example.report.isClean)
    #expect(value["checks"]?.arrayValue?.count == example.report.checks.count)
  }

  @Test
  func `colours are used only when asked for, and change no character beside them`() {
    let plain = Self.mixed.rendered(as: .text)
    let coloured = Self.mixed.rendered(as: .text, usesColour: true)
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}"))
    let stripped = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(stripped == plain)
    #expect(!Self.mixed.rendered(as: .junit, usesColour: true).contains("\u{1B}"))
  }

  @Test
  func `characters that XML cannot hold are replaced in the JUnit form`() {
    var report = Self.clean
    report.checks[0].name = "bell \u{7} and <tag> & \"quote\""
    let xml = report.rendered(as: .junit)
    #expect(xml.contains("name=\"bell \u{FFFD} and &lt;tag&gt; &amp; &quot;quote&quot;\""))
  }
}
