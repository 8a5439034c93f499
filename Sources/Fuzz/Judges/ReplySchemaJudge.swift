package import Contract
import JSON
import JSONSchema

/// What the provider says satisfies its schemas.
package enum ReplySchemaJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP301",
    name: "reply-schema",
    summary: "every message of the provider satisfies its schema",
    explanation: """
      A message of the provider is of a kind that the document knows, and breaks its payload \
      schema: a member is missing, has another type, or has a value out of range. Clients that \
      were written from the document fail on it. Example: 'units' is the string '3', where the \
      schema says integer.
      """
  )

  /// How many further violations are told in the details.
  static let maximumDetails = 5

  /// Finds messages that break their schema.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      guard case .invalid(let violations) = message.message.verdict,
        let name = message.message.name, let first = violations.first
      else { return nil }
      var finding = rule.finding(
        "\(name) breaks its schema: \(first.message)",
        subject: name,
        place: "\(first.instance.pattern) \(first.keyword)"
      )
      finding.traffic = evidence.place(of: message)
      finding.pointer = first.instance
      finding.expected = first.expected
      finding.actual = first.actual
      finding.details = violations.dropFirst().prefix(maximumDetails).map { "also: \($0.message)" }
      return finding
    }
  }
}
