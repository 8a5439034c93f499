package import Contract
import JSON

/// Replies carry the id of their request.
package enum CorrelationJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP303",
    name: "wrong-correlation",
    summary: "a reply repeats the id of its request",
    explanation: """
      The document's correlationId says where a request carries its id and where each reply \
      repeats it. A reply carried an id that no request had, or none at all: the client cannot \
      tell what it answers. Example: the request has 'id: 7', and its reply 'id: 0'.
      """
  )

  /// Finds replies with the id of no request, or without one.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      guard let name = message.message.name else { return nil }
      let pointer = evidence.index.definitions[name]?.correlation
      var finding: Finding
      switch message.role {
      case .unknownID:
        finding = rule.finding(
          "\(name) carries an id that no request had",
          subject: name,
          place: "unknown"
        )
        finding.actual = message.message.correlation?.summary(limit: 60)
        finding.expected = "the id of a request"
      case .missingID(let place):
        let exchange = evidence.exchanges[place]
        finding = rule.finding(
          "\(name) does not repeat the id of its \(exchange.operationName)",
          subject: name,
          place: "missing"
        )
        finding.expected = exchange.correlation?.summary(limit: 60)
      default:
        return nil
      }
      finding.traffic = evidence.place(of: message)
      finding.pointer = pointer
      return finding
    }
  }
}
