package import Contract

/// The provider does not close with 1011.
package enum InternalErrorJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP103",
    name: "internal-error-close",
    summary: "the provider does not close a connection with 1011 (internal error)",
    explanation: """
      Close code 1011 says that the server met a condition that it did not expect (RFC 6455 \
      section 7.4.1). Frameworks send it when a handler throws: look for the exception in the \
      provider's log. Example: a text of 0 characters makes a handler throw, and the framework \
      closes with 1011.
      """
  )

  /// Finds connections that the provider closed with 1011.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard connection.wasEndedByProvider, let closure = connection.closure, closure.code == 1011
      else { return nil }
      let reason = closure.reason.isEmpty ? "" : ": \(closure.reason)"
      var finding = rule.finding(
        "the provider closed with 1011 (internal error) \(connection.occasion)\(reason)",
        subject: connection.subject
      )
      finding.traffic = evidence.place(of: connection)
      return finding
    }
  }
}
