package import Contract
import WebSocket

/// The provider fails connections whose client breaks the WebSocket protocol.
package enum ViolationAcceptedJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP406",
    name: "violation-accepted",
    summary: "the provider fails a connection on which the client breaks the WebSocket protocol",
    explanation: """
      The client sent bytes that RFC 6455 forbids, and the connection went on as if nothing were: a \
      later request on it was answered. Example: a frame without a mask (section 5.1), a reserved bit \
      or opcode (5.2), a fragment of nothing (5.4), a divided ping (5.5), text that is not UTF-8 \
      (8.1). A server fails the connection (7.1.7): it closes with 1002, 1007 or 1009, or drops it. \
      What goes on instead can be used to hide traffic from whatever stands in front of the provider.
      """
  )

  /// Finds broken rules after which the provider went on.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.provocations.compactMap { provocation in
      guard provocation.demand == .failure, case .violation(let violation) = provocation.kind,
        provocation.isOver || !provocation.acceptances.isEmpty
      else { return nil }
      var finding = rule.finding(
        "the provider went on after \(provocation.kind) "
          + "(\(violation.document) section \(violation.section))",
        subject: violation.name
      )
      finding.traffic = evidence.place(of: provocation)
      finding.expected =
        "a close with \(violation.closeCode.rawValue), or the end of the connection"
      finding.actual = "an answer to what was sent after it"
      return finding
    }
  }
}
