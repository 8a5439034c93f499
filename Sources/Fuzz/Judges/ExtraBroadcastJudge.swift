package import Contract

/// A push reaches nobody else, and nobody twice.
package enum ExtraBroadcastJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP602",
    name: "extra-broadcast",
    summary: "a push reaches only the connections that it is meant for, and each of them once",
    explanation: """
      A connection heard the push more often than anything caused it, or although it never asked \
      to, or no longer. Subscribing twice often adds a second entry to a list; ending a \
      subscription removes only the first. Example: after two 'watch' and one 'unwatch' a change \
      is still told.
      """
  )

  /// Finds pushes that should not have come.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    let ledger = BroadcastLedger(evidence)
    return ledger.pushes.flatMap { push in
      ledger.entries(of: push).compactMap { entry -> Finding? in
        guard entry.heard.count > entry.most, let last = entry.heard.last else { return nil }
        let exchange = evidence.exchanges[entry.trigger]
        let name = evidence.connections[entry.connection].name
        var finding = rule.finding(
          entry.most == 0
            ? "\(push.name) came on connection \(name), which it is not meant for"
            : "\(push.name) of \(exchange.operationName) came \(entry.heard.count) times on connection "
              + name,
          subject: push.name,
          place: entry.most == 0 ? "audience" : "count"
        )
        finding.traffic = evidence.place(of: evidence.received[last])
        finding.expected = "at most \(entry.most) on connection \(name)"
        finding.actual = "\(entry.heard.count)"
        return finding
      }
    }
  }
}
