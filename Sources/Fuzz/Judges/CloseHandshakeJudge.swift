package import Contract
import Session

/// The provider answers a close frame.
package enum CloseHandshakeJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP403",
    name: "close-not-answered",
    summary: "the provider answers a close frame with its own",
    explanation: """
      The client closed the connection, and no close frame came back (RFC 6455 section 5.5.1). \
      Browsers then wait, and report the connection as not cleanly closed. Example: the client \
      sends a close frame with 1000, and hears nothing for two seconds.
      """
  )

  /// Finds connections whose closing handshake the provider did not play.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard let closure = connection.closure, closure.initiator == .local,
        closure.problemKind == .closeNotAnswered, !connection.isDisturbed,
        connection.stream == nil
      else { return nil }
      var finding = rule.finding(
        "the provider did not answer the close frame \(connection.occasion)",
        subject: connection.subject
      )
      finding.traffic = evidence.place(of: connection)
      finding.actual = closure.problem
      finding.expected = "a close frame"
      return finding
    }
  }
}
