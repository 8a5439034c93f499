package import Contract

/// The messages of an answer come in the documented order.
package enum ReplyOrderJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP205",
    name: "reply-order",
    summary: "the messages of an answer come in the order that the document gives",
    explanation: """
      x-wspact-sequence of the reply says which messages come in which order and how often. One \
      came at another place, for instance a chunk before the start or after the end of a stream. \
      Example: 'list_item' comes before 'list_begin'.
      """
  )

  /// Finds messages of an answer that came at the wrong place.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      guard case .outOfOrder(let place, let expected) = message.role,
        let name = message.message.name
      else { return nil }
      let exchange = evidence.exchanges[place]
      let last = exchange.replies.last.flatMap { evidence.received[$0].message.name }
      var finding = rule.finding(
        "\(name) came \(last.map { "after \($0)" } ?? "first") in the answer to "
          + exchange.operationName,
        subject: exchange.operationName,
        place: "\(last ?? "start") \(name)"
      )
      finding.traffic = evidence.place(of: message)
      finding.expected = expected.isEmpty ? "nothing more" : expected.joined(separator: " or ")
      finding.actual = name
      return finding
    }
  }
}
