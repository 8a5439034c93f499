package import Contract
import JSON

/// What the provider says has nothing of its inside.
package enum LeakJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP306",
    name: "internals-leaked",
    summary: "no message and no close reason shows the inside of the provider",
    explanation: """
      A text has a stack trace, a place in a source file or an error of a database in it, which the \
      client has not sent itself. Example: 'Traceback (most recent call last): File \
      "/srv/desk/orders.py", line 88, in cancel'. It tells strangers what the provider is made of \
      (OWASP: improper error handling) and says nothing to those who use it. Write it into a log, and \
      answer with an error that the document knows.
      """
  )

  /// Finds texts that should have stayed in a log.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      guard LeakedInternals.isPossible(in: message.payload.payload),
        let match = match(in: texts(of: message), evidence)
      else { return nil }
      let source = source(of: message, evidence)
      var finding = rule.finding(
        "\(source.words) has \(match.kind) in it",
        subject: source.subject,
        place: match.kind
      )
      finding.traffic = evidence.place(of: message)
      finding.expected = "words that say what was wrong with the request"
      finding.actual = String(match.excerpt.prefix(200))
      return finding
    } + reasons(evidence)
  }

  private static func reasons(_ evidence: Evidence) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard connection.wasEndedByProvider, let reason = connection.closure?.reason,
        LeakedInternals.isPossible(in: Array(reason.utf8)),
        let match = match(in: [reason], evidence)
      else { return nil }
      var finding = rule.finding(
        "the close reason \(connection.occasion) has \(match.kind) in it",
        subject: connection.subject,
        place: match.kind
      )
      finding.traffic = evidence.place(of: connection)
      finding.expected = "a reason that says what was wrong"
      finding.actual = String(match.excerpt.prefix(200))
      return finding
    }
  }

  private static func texts(of message: ReceivedMessage) -> [String] {
    if let value = message.message.document?.value { return value.texts }
    return [String(decoding: message.payload.payload, as: UTF8.self)]
  }

  /// What was leaked, unless the client or the document has said it.
  private static func match(in texts: [String], _ evidence: Evidence) -> LeakedInternals.Match? {
    texts.lazy.map { String($0.prefix(LeakedInternals.maximumBytes)) }
      .compactMap(LeakedInternals.match)
      .first { !evidence.wasSaid($0.excerpt) && !evidence.isInDocument($0.excerpt) }
  }

  /// What is to blame: the request that it answers, else the message.
  private static func source(
    of message: ReceivedMessage,
    _ evidence: Evidence
  ) -> (words: String, subject: String) {
    let name = message.message.name ?? "a message"
    switch message.role {
    case .reply(let exchange), .duplicate(let exchange), .outOfOrder(let exchange, _),
      .missingID(let exchange), .foreign(let exchange):
      let operation = evidence.exchanges[exchange].operationName
      return ("the answer to \(operation)", operation)
    case .reaction(let provocation, _):
      let kind = evidence.provocations[provocation].kind
      return ("the answer to \(kind)", kind.subject)
    case .push, .unknownID, .unsolicited, .undocumented:
      return (name, name)
    }
  }
}

extension Evidence {
  /// Whether the client has said a text itself, on any connection.
  fileprivate func wasSaid(_ text: String) -> Bool {
    saidPayloads.contains { payload in
      let value = try? JSONValue.parse(payload)
      let texts = value?.texts ?? [String(decoding: payload, as: UTF8.self)]
      return texts.contains { $0.contains(text) }
    }
  }

  /// Whether the document has a text in an example or schema, so that it is no secret.
  fileprivate func isInDocument(_ text: String) -> Bool {
    index.api.messages.contains { message in
      message.examples.contains { $0.payload.texts.contains { $0.contains(text) } }
    }
  }
}
