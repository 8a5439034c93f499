import Contract
import JSON

/// The report for code scanning and editors.
///
/// A result stands where the document has the operation or message that it is about; where that is not
/// known, at the saved scenario, else at the file that its check is from.
///
/// Spec: OASIS Static Analysis Results Interchange Format (SARIF) 2.1.0.
enum SARIFReport {
  static func render(_ report: RunReport) -> String {
    let results = results(of: report)
    var rules: [RuleHelp] = []
    for result in results where !rules.contains(where: { $0.code == result.rule }) {
      rules.append(report.rules.first { $0.code == result.rule } ?? RuleHelp(code: result.rule))
    }
    let driver: JSONValue = .object([
      ("name", .string("wspact")), ("rules", .array(rules.map(value(of:)))),
    ])
    let run: JSONValue = .object([
      ("tool", .object([("driver", driver)])),
      (
        "invocations",
        .array([.object([("executionSuccessful", .bool(true))])])
      ),
      ("automationDetails", .object([("id", .string("wspact \(report.command)/"))])),
      ("columnKind", .string("unicodeCodePoints")),
      (
        "results",
        .array(
          results.map { result in
            value(of: result, rule: rules.firstIndex { $0.code == result.rule } ?? 0)
          }
        )
      ),
    ])
    let log: JSONValue = .object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")), ("runs", .array([run])),
    ])
    return log.text(.pretty) + "\n"
  }

  private struct Result {
    var finding: Finding
    /// The file of its check, where it belongs to one.
    var file: String?
    /// What the check is called.
    var check: String?

    /// The code of the rule, or its name where it has no code.
    var rule: String { finding.code.isEmpty ? finding.rule : finding.code }
  }

  private static func results(of report: RunReport) -> [Result] {
    report.checks.flatMap { check in
      check.findings.map { Result(finding: $0, file: check.group, check: check.name) }
    } + report.findings.map { Result(finding: $0) }
  }

  // MARK: Rules

  private static func value(of rule: RuleHelp) -> JSONValue {
    var members: [(String, JSONValue)] = [("id", .string(rule.code))]
    if !rule.name.isEmpty { members.append(("name", .string(rule.name))) }
    if !rule.summary.isEmpty {
      members.append(("shortDescription", text(rule.summary)))
      members.append(("fullDescription", text(rule.summary)))
    }
    if !rule.explanation.isEmpty { members.append(("help", text(rule.explanation))) }
    members.append(("defaultConfiguration", .object([("level", .string("error"))])))
    return .object(members)
  }

  private static func text(_ text: String) -> JSONValue { .object([("text", .string(text))]) }

  // MARK: Results

  private static func value(of result: Result, rule: Int) -> JSONValue {
    let finding = result.finding
    let places = places(of: result)
    var members: [(String, JSONValue)] = [
      ("ruleId", .string(result.rule)),
      ("ruleIndex", .number(JSONNumber(rule))),
      ("level", .string(level(of: finding))),
      ("message", text(message(of: result))),
    ]
    if let first = places.first { members.append(("locations", .array([first]))) }
    if places.count > 1 { members.append(("relatedLocations", .array(Array(places.dropFirst())))) }
    let fingerprint =
      finding.signature.isEmpty
      ? [result.rule, result.file ?? "", result.check ?? "", finding.pointer?.description ?? ""]
        .joined(separator: " ") : finding.signature
    members.append(
      ("partialFingerprints", .object([("wspactSignature/v1", .string(fingerprint))]))
    )
    if let reproduction = finding.reproduction {
      members.append(("properties", .object([("replay", .string(reproduction.command))])))
    }
    return .object(members)
  }

  private static func level(of finding: Finding) -> String {
    switch finding.severity {
    case .failure: "error"
    case .flaky: "warning"
    case .pending: "note"
    }
  }

  private static func message(of result: Result) -> String {
    let finding = result.finding
    var lines = [(result.check.map { "\($0): " } ?? "") + finding.message]
    if let expected = finding.expected { lines.append("expected \(expected)") }
    if let actual = finding.actual { lines.append("actual \(actual)") }
    lines += finding.details
    if let reproduction = finding.reproduction { lines.append("again: \(reproduction.command)") }
    return lines.joined(separator: "\n")
  }

  private static func places(of result: Result) -> [JSONValue] {
    var places: [JSONValue] = []
    if let definition = result.finding.definition {
      places.append(place(definition.file, line: definition.line, column: definition.column))
    }
    if let file = result.finding.reproduction?.scenarioFile { places.append(place(file)) }
    if let file = result.file, !places.contains(place(file)) { places.append(place(file)) }
    return places
  }

  private static func place(_ file: String, line: Int? = nil, column: Int? = nil) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("artifactLocation", .object([("uri", .string(reference(to: file)))]))
    ]
    if let line {
      var region: [(String, JSONValue)] = [("startLine", .number(JSONNumber(line)))]
      if let column { region.append(("startColumn", .number(JSONNumber(column)))) }
      members.append(("region", .object(region)))
    }
    return .object([("physicalLocation", .object(members))])
  }

  /// A path as a URI reference.
  ///
  /// Spec: RFC 3986 §3.3 (path), §4.2 (a first part with a colon would be a scheme).
  private static func reference(to path: String) -> String {
    var text = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}

extension JSONValue {
  /// An object with these members, in this order.
  fileprivate static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(JSONObject(members.map { JSONObject.Member(name: $0.0, value: $0.1) }))
  }
}
