package import Contract
import Session

/// The provider keeps to RFC 6455.
package enum ProtocolViolationJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP105",
    name: "protocol-violation",
    summary: "what the provider puts on the wire is a WebSocket connection as RFC 6455 has it",
    explanation: """
      The provider sent bytes that no WebSocket peer may send, such as a masked frame, a \
      reserved opcode, or text that is not UTF-8. The message names the section of RFC 6455. \
      Example: a text message holds the byte 0xFF (section 8.1).
      """
  )

  /// Finds connections that had to be closed because of what the provider sent.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard let closure = connection.closure, closure.problemKind == .violation else { return nil }
      var finding = rule.finding(
        "the provider broke the WebSocket protocol \(connection.occasion)",
        subject: connection.subject
      )
      finding.traffic = evidence.place(of: connection)
      finding.actual = closure.problem
      finding.expected = "frames as RFC 6455 has them"
      return finding
    }
  }
}
