package import Contract

/// Replies come within the budget.
package enum LateReplyJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP202",
    name: "late-reply",
    summary: "the first reply to a request comes within the budget",
    explanation: """
      The time runs from the moment at which the request was handed to the system to the arrival \
      of the first reply's first byte; the time of an empty round trip is taken off. A time in \
      which this program itself stood still does not count, nor one in which the provider's process \
      waited for a processor (where Linux tells), and a breach is told only when it comes again in \
      most of its replays. Set the budget with --budget. Example: a search for a \
      text of 400 characters is answered after 180 ms, with a budget of 100 ms.
      """
  )

  /// Finds requests whose first reply took longer than the budget.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    let limit = limits.budget.wholeNanoseconds
    let foreign = (limits.baseline + limits.starvation).wholeNanoseconds
    return evidence.exchanges.compactMap { exchange in
      guard let reply = exchange.firstReplyAt, let taken = exchange.replyNanoseconds,
        taken - foreign > limit, !evidence.isStalled(from: exchange.sentAt, to: reply),
        !evidence.connections[exchange.connection].isDisturbed,
        evidence.provocation(before: exchange) == nil
      else { return nil }
      let time = Duration.nanoseconds(taken)
      var finding = rule.finding(
        "the first reply to \(exchange.operationName) took \(time.brief)",
        subject: exchange.operationName
      )
      finding.traffic = evidence.place(of: exchange)
      finding.expected = "a reply within \(limits.budget.brief)"
      finding.actual = time.brief
      return finding
    }
  }
}
