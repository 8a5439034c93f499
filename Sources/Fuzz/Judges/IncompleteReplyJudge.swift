package import Contract

/// An answer that has begun is finished.
package enum IncompleteReplyJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP203",
    name: "incomplete-reply",
    summary: "an answer of several messages is finished",
    explanation: """
      The answer began and never came to its end: x-wspact-sequence of the reply names messages \
      that must still come, such as the end of a stream. Clients wait for it for ever. Example: \
      'list_begin' and two items come, and 'list_end' never does.
      """
  )

  /// Finds answers of which a part was waited for in vain.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.exchanges.enumerated().compactMap { place, exchange in
      guard exchange.state == .open, let last = exchange.lastReplyAt,
        evidence.waited(for: exchange, since: last) >= limits.patience.wholeNanoseconds,
        !evidence.isExplained(exchange, at: place)
      else { return nil }
      let expected = exchange.progress.expected.joined(separator: " or ")
      let name = exchange.replies.last.flatMap { evidence.received[$0].message.name } ?? "it"
      var finding = rule.finding(
        "the answer to \(exchange.operationName) ended with \(name); \(expected) did not come "
          + "within \(limits.patience.brief)",
        subject: exchange.operationName,
        place: expected
      )
      finding.traffic = evidence.place(of: exchange)
      finding.expected = expected
      return finding
    }
  }
}

extension Evidence {
  /// How long the client listened in vain for an answer, in nanoseconds.
  func waited(for exchange: Exchange, since begin: Int64) -> Int64 {
    max(0, (exchange.cutAt ?? end) - begin)
  }
}
