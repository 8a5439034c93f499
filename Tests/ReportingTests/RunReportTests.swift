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

  /// A run with everything that a page shows, and texts that would harm it.
  static let full = {
    var report = fuzzed
    report.findings[0].definition = SourceLocation(file: "api/chat yml.yml", line: 12, column: 3)
    report.findings[0].talk = [
      TalkLine(connection: "c1", speaker: .client, text: #"{"text":"<script>alert(1)</script>"}"#),
      TalkLine(connection: "c2", speaker: .provider, text: "\u{202E}\u{1B}[31m & \"quotes\""),
      TalkLine(connection: "c1", speaker: .event, text: "no pong came"),
      TalkLine(speaker: .process, text: "the process ended with signal 6"),
    ]
    report.findings[0].details = ["the least that leads there: 1 message", "  c1    no pong came"]
    report.rules = [
      RuleHelp(
        code: "WSP201",
        name: "late-reply",
        summary: "replies come in time",
        explanation: "Look at the slow part."
      )
    ]
    report.coverage = RunCoverage(
      messages: [
        RunCoverage.Message(
          name: "send_message",
          direction: .toProvider,
          count: 1_203,
          keywords: RunCoverage.Keywords(
            valid: 6,
            validSeen: 5,
            invalid: 4,
            invalidSeen: 4,
            untried: ["#/properties/text/maxLength"]
          )
        ),
        RunCoverage.Message(name: "pong", direction: .toConsumer, count: 0),
      ],
      answers: [RunCoverage.Answer(operation: "send_message", reply: "stream_start", count: 12)],
      transitions: 3
    )
    report.machine = StateMachine(
      states: 3,
      transitions: [
        transition(0, "ping", "pong", 0), transition(0, "login", "<b>in</b>", 1),
        transition(1, "read", "text", 1), transition(1, "open", "opened", 2),
        transition(2, "logout", "out", 0), transition(2, "close", "closed", 1),
      ]
    )
    report.notes = ["accepted, so not reported: <WSP1>"]
    return report
  }()

  private static func transition(
    _ from: Int,
    _ operation: String,
    _ reply: String,
    _ to: Int
  ) -> StateMachine.Transition {
    StateMachine.Transition(
      key: StateMachine.Transition.Key(from: from, operation: operation, reply: reply, to: to),
      count: 4
    )
  }

  struct Example: CustomTestStringConvertible {
    let name: String
    let report: RunReport
    var testDescription: String { name }
  }

  static let examples = [
    Example(name: "clean", report: clean),
    Example(name: "mixed", report: mixed),
    Example(name: "fuzzed", report: fuzzed),
    Example(name: "full", report: full),
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

  @Test(arguments: examples)
  func `nothing from the wire is a part of the page, and the page asks for nothing`(
    example: Example
  ) throws {
    let page = example.report.rendered(as: .html)
    #expect(!page.contains("<script"))
    #expect(!page.contains("<b>in</b>"))
    #expect(!page.contains("\u{202E}"))
    #expect(!page.contains("\u{1B}"))
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("src="))
    #expect(!page.contains("http-equiv=\"refresh\""))
    let elements = ["section", "table", "details", "div", "p", "h3", "g", "svg", "dl", "ul", "tr"]
    for name in elements {
      let opened = page.matches(of: try Regex("<\(name)[ >]")).count
      #expect(opened == page.matches(of: try Regex("</\(name)>")).count, "\(name)")
    }
  }

  @Test func `a result of code scanning stands in the document, with its rule and a fingerprint`()
    throws
  {
    let log = try JSONValue.parse(Self.full.rendered(as: .sarif))
    #expect(log["version"]?.stringValue == "2.1.0")
    let run = try #require(log["runs"]?[0])
    let rule = try #require(run["tool"]?["driver"]?["rules"]?[0])
    #expect(rule["id"]?.stringValue == "WSP201")
    #expect(rule["help"]?["text"]?.stringValue == "Look at the slow part.")
    let result = try #require(run["results"]?[0])
    #expect(result["level"]?.stringValue == "error")
    let place = try #require(result["locations"]?[0]?["physicalLocation"])
    #expect(place["artifactLocation"]?["uri"]?.stringValue == "api/chat%20yml.yml")
    #expect(place["region"]?["startLine"]?.intValue == 12)
    #expect(
      result["partialFingerprints"]?["wspactSignature/v1"]?.stringValue == "WSP201 send_message"
    )
  }
}
