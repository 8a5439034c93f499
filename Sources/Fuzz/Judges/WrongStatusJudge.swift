package import Contract

/// Steps are taken in their order.
package enum WrongStatusJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP502",
    name: "wrong-status-accepted",
    summary: "a change fails when the thing is in a status that does not allow it",
    explanation: """
      x-wspact-state of the operation says from which statuses it leads on. The thing was made \
      in this very sequence, and all that was done to it is known, so its status is certain; and \
      yet the request succeeded: an order that was never paid is shipped, or a payment is taken \
      twice. Example: 'ship' succeeds on an order whose status is 'created'.
      """
  )

  /// Finds changes that succeeded in a status that forbids them.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    var findings: [Finding] = []
    StateHistory.forEach(in: evidence) { thing, act, certainty in
      guard act.outcome == .success, !certainty.isDeleted, !act.effect.from.isEmpty,
        let status = certainty.status, !act.effect.from.contains(status)
      else { return }
      let exchange = evidence.exchanges[act.exchange]
      var finding = rule.finding(
        "\(exchange.operationName) succeeded although the \(thing.resource) is \(status)",
        subject: exchange.operationName,
        place: status
      )
      finding.traffic = evidence.place(of: exchange)
      finding.expected =
        "an error, as it needs the status \(listed(act.effect.from))"
      finding.actual = evidence.firstReply(to: exchange)?.message.name
      findings.append(finding)
    }
    return findings
  }
}
