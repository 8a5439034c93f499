package import Contract
import JSON

/// What was deleted is gone.
package enum UseAfterDeleteJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP503",
    name: "use-after-delete",
    summary: "what was deleted can neither be read nor changed",
    explanation: """
      The provider confirmed that the thing was deleted, and then answered a request about it as \
      if it were still there. Look for a cache, a second index, or a list that the delete does \
      not touch. x-wspact-state says which operations make, read, change and delete. Example: \
      'get' shows an order after 'order_deleted'.
      """
  )

  /// Finds requests about deleted things that succeeded.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    var findings: [Finding] = []
    StateHistory.forEach(in: evidence) { thing, act, certainty in
      guard act.outcome == .success, certainty.isDeleted else { return }
      let exchange = evidence.exchanges[act.exchange]
      let delete = evidence.exchanges[certainty.cause].operationName
      var finding = rule.finding(
        "\(exchange.operationName) succeeded after \(delete) of the same \(thing.resource)",
        subject: exchange.operationName
      )
      finding.traffic = evidence.place(of: exchange)
      finding.expected = "an error, as \(thing.id.summary(limit: 40)) was deleted"
      finding.actual = evidence.firstReply(to: exchange)?.message.name
      findings.append(finding)
    }
    return findings
  }
}
