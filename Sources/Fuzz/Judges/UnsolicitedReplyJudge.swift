package import Contract

/// The provider answers only what was asked.
package enum UnsolicitedReplyJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP305",
    name: "unsolicited-reply",
    summary: "a message that only answers a request comes only when there is one",
    explanation: """
      The document knows this message as a reply, not as something that the provider says of its \
      own accord, and this connection had made no such request. If it is meant to be pushed, add \
      an operation with the action 'send'. Example: 'pong' comes on a connection that has sent \
      no 'ping'.
      """
  )

  /// Finds replies that nobody asked for.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      guard message.role == .unsolicited, let name = message.message.name else { return nil }
      var finding = rule.finding("\(name) came without a request", subject: name)
      finding.traffic = evidence.place(of: message)
      finding.actual = message.shown
      return finding
    }
  }
}
