package import Contract

/// Every request is answered.
package enum MissingReplyJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP201",
    name: "missing-reply",
    summary: "every request that the document promises an answer to is answered",
    explanation: """
      No message of the documented reply came. It was waited for ten times the budget, at least \
      a second. The provider may have dropped the request, hang, or have answered with something \
      that the document does not know. Example: 'list' is not answered when there is nothing to \
      list.
      """
  )

  /// Finds requests that were waited on in vain, unless another finding says where the reply went.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.exchanges.enumerated().compactMap { place, exchange in
      guard exchange.state == .open, exchange.firstReplyAt == nil,
        evidence.waited(for: exchange, since: exchange.sentAt) >= limits.patience.wholeNanoseconds,
        exchange.request.framing == nil, evidence.provocation(before: exchange) == nil,
        !evidence.isExplained(exchange, at: place)
      else { return nil }
      let expected = exchange.progress.expected.joined(separator: " or ")
      var finding = rule.finding(
        "no reply to \(exchange.operationName) came within \(limits.patience.brief)",
        subject: exchange.operationName
      )
      finding.traffic = evidence.place(of: exchange)
      finding.expected = expected
      return finding
    }
  }
}

extension Evidence {
  /// Whether a message was seen that may well be the missing reply, gone astray.
  func isExplained(_ exchange: Exchange, at place: Int) -> Bool {
    received.contains { message in
      switch message.role {
      case .foreign(let other):
        return other == place
      case .unknownID:
        guard message.connection == exchange.connection, let name = message.message.name else {
          return false
        }
        return exchange.progress.expected.contains(name)
      default:
        return false
      }
    }
  }
}
