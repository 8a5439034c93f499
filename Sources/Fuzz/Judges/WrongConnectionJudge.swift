package import Contract

/// Replies go to who asked.
package enum WrongConnectionJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP304",
    name: "wrong-connection",
    summary: "a reply goes to the connection that asked",
    explanation: """
      A message carried the id of a request that another connection had made. Look for a \
      connection that is kept in a shared place: the last one that connected instead of the one \
      that asked. Example: A asks with 'id: 5', and the reply with 'id: 5' comes to B.
      """
  )

  /// Finds replies to requests of other connections.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      guard case .foreign(let place) = message.role, let name = message.message.name else {
        return nil
      }
      let exchange = evidence.exchanges[place]
      // Who hears it too may be told whose request it was, as long as the asker gets its own.
      let hasOwn = exchange.replies.contains { evidence.received[$0].message.name == name }
      if evidence.index.pushes.contains(name), hasOwn { return nil }
      let asker = evidence.connections[exchange.connection].name
      let receiver = evidence.connections[message.connection].name
      var finding = rule.finding(
        "\(name) for the \(exchange.operationName) of connection \(asker) went to connection "
          + receiver,
        subject: exchange.operationName,
        place: name
      )
      finding.traffic = evidence.place(of: message)
      finding.expected = "\(name) on connection \(asker)"
      finding.actual = "\(name) on connection \(receiver)"
      return finding
    }
  }
}
