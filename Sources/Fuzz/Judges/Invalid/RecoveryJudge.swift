package import Contract

/// The provider goes on after it was provoked.
package enum RecoveryJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP409",
    name: "no-recovery",
    summary: "after an invalid message the provider answers the next valid one",
    explanation: """
      The client sent something that the document or RFC 6455 forbids; the valid request after it, on \
      the same connection or on a new one, was not answered. Example: the task that reads a connection \
      ends with the exception that 'null' caused, and the socket stays open. Refuse what is wrong and \
      go on, or close the connection.
      """
  )

  /// Finds requests that were waited on in vain right after a provocation.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.exchanges.enumerated().compactMap { place, exchange in
      guard exchange.state == .open, exchange.firstReplyAt == nil,
        let provocation = evidence.provocation(before: exchange),
        evidence.waited(for: exchange, since: exchange.sentAt) >= limits.patience.wholeNanoseconds,
        !evidence.isExplained(exchange, at: place)
      else { return nil }
      let isSame = exchange.connection == provocation.connection
      var finding = rule.finding(
        "after \(provocation.kind) no reply to \(exchange.operationName) came within "
          + "\(limits.patience.brief)\(isSame ? "" : " on a new connection")",
        subject: provocation.kind.subject,
        place: provocation.kind.place
      )
      finding.traffic = evidence.place(of: provocation)
      finding.expected = exchange.progress.expected.joined(separator: " or ")
      return finding
    }
  }
}
