package import Contract

/// A push reaches everybody whom it is meant for.
package enum LostBroadcastJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP601",
    name: "lost-broadcast",
    summary: "a push reaches every connection that it is meant for",
    explanation: """
      x-wspact-trigger names the operations that cause the push, x-wspact-audience who hears it. \
      A connection that was surely meant heard it too seldom; it was waited for as long as for a \
      reply. Often one connection that has ended breaks the loop that tells the others. Example: \
      three connections watch, one of them is dropped, and the other two hear of no change any \
      more.
      """
  )

  /// Finds pushes that did not arrive.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    let ledger = BroadcastLedger(evidence)
    return ledger.pushes.flatMap { push in
      ledger.entries(of: push).compactMap { entry -> Finding? in
        let exchange = evidence.exchanges[entry.trigger]
        let connection = evidence.connections[entry.connection]
        let waited = (connection.closedAt ?? evidence.end) - exchange.sentAt
        guard entry.heard.count < entry.least, waited >= limits.patience.wholeNanoseconds
        else { return nil }
        let name = connection.name
        var finding = rule.finding(
          "\(push.name) of \(exchange.operationName) did not reach connection \(name)",
          subject: push.name,
          place: exchange.operationName
        )
        finding.traffic = evidence.place(of: exchange)
        finding.expected = "\(entry.least) on connection \(name)"
        finding.actual = "\(entry.heard.count)"
        return finding
      }
    }
  }
}
