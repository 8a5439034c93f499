package import Contract

/// A request is answered once.
package enum DuplicateReplyJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP204",
    name: "duplicate-reply",
    summary: "a request is answered once",
    explanation: """
      A message of the answer came once more after the answer was complete. Look for a \
      subscription that is made twice, or a handler that is registered for each connection of a \
      client. Example: 'ping' is answered with two 'pong' messages that have its id.
      """
  )

  /// Finds replies that came once too often.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      guard case .duplicate(let place) = message.role, let name = message.message.name else {
        return nil
      }
      let exchange = evidence.exchanges[place]
      var finding = rule.finding(
        "\(name) came again after \(exchange.operationName) was answered",
        subject: exchange.operationName,
        place: name
      )
      finding.traffic = evidence.place(of: message)
      finding.actual = message.shown
      finding.expected = "nothing more"
      return finding
    }
  }
}
