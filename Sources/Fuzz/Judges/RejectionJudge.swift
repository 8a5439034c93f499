package import Contract

/// The provider does not reject what the document allows.
package enum RejectionJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP401",
    name: "valid-rejected",
    summary:
      "the provider does not close a connection because of a message that the document allows",
    explanation: """
      The provider closed with a code that blames the client (1002, 1003, 1007, 1008, 1009, \
      1010) after a message that satisfies its schema. Either the provider is stricter than the \
      document, or the document promises too much. Example: a text of 2,000 characters is closed \
      for with 1009, though the schema has no 'maxLength'.
      """
  )

  /// Codes that say the client did something wrong.
  static let blamingCodes: Set<UInt16> = [1002, 1003, 1007, 1008, 1009, 1010]

  /// Finds connections that were closed after a valid message as if it were none.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard connection.wasEndedByProvider, let closure = connection.closure,
        let code = closure.code, blamingCodes.contains(code),
        let sent = connection.cause, sent.isValid, sent.framing == nil
      else { return nil }
      let reason = closure.reason.isEmpty ? "" : ": \(closure.reason)"
      var finding = rule.finding(
        "the provider closed with \(code) after a valid \(sent.label)\(reason)",
        subject: sent.label,
        place: "\(code)"
      )
      finding.traffic = evidence.place(of: connection)
      finding.expected = "an answer, as the message satisfies its schema"
      finding.actual = "close code \(code)\(reason)"
      return finding
    }
  }
}
