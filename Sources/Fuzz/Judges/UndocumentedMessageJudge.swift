package import Contract
import JSON

/// The provider says only what the document knows.
package enum UndocumentedMessageJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP302",
    name: "undocumented-message",
    summary: "every message of the provider is one that the document lets it say",
    explanation: """
      The provider sent something that is no JSON, that is of an unknown kind, or that only a \
      client may say. Often it is an error text of a framework that escaped, or a renamed \
      message. Example: '{"detail": "not found"}', which fits no message of the document.
      """
  )

  /// Finds messages that the document does not know.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      let (text, subject): (String, String)
      switch message.message.verdict {
      case .valid, .invalid:
        return nil
      case .notJSON(let reason):
        (text, subject) = ("a message that is no JSON: \(reason)", "not-json")
      case .binary:
        (text, subject) = ("a binary message, which the document does not know", "binary")
      case .unknown(let reason, let nearest):
        let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
        let kind = message.message.document.flatMap(evidence.index.identity) ?? "unknown"
        (text, subject) = ("an unknown message: \(reason)\(hint)", kind)
      case .wrongDirection(let name):
        (text, subject) = ("\(name), which only a client may say", name)
      }
      let connection = evidence.connections[message.connection]
      var finding = rule.finding("the provider sent \(text)", subject: subject)
      finding.traffic = evidence.place(of: message)
      finding.actual = message.shown
      finding.details = ["seen \(connection.occasion)"]
      return finding
    }
  }
}

extension ReceivedMessage {
  /// The start of the message, for reports.
  var shown: String {
    let limit = 160
    guard payload.opcode != .binary else { return "\(payload.payload.count) bytes" }
    if let value = message.document?.value { return value.summary(limit: limit) }
    let text = String(decoding: payload.payload.prefix(limit), as: UTF8.self)
    return payload.payload.count > limit ? text + "..." : text
  }
}
