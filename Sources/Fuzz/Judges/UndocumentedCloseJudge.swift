package import Contract

/// The provider closes connections only as the document says.
package enum UndocumentedCloseJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP402",
    name: "undocumented-close",
    summary: "the provider closes a connection only with a code that the document lists",
    explanation: """
      List the codes that clients must understand under x-wspact-close-codes at the root of the \
      document. A close with 1000 is normal unless a request was still waiting for its answer. \
      Example: 4999 after 'log_out', and no word about 4999 in the document.
      """
  )

  /// Finds connections that were closed with a code that the document does not list.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard connection.wasEndedByProvider, let closure = connection.closure,
        let code = closure.code, code != 1011, !evidence.index.closeCodes.contains(code),
        !(RejectionJudge.blamingCodes.contains(code) && connection.cause?.isValid ?? false)
      else { return nil }
      let provocation = evidence.provocation(ending: connection)
      guard provocation?.demand != .failure, !(provocation?.mayBeClosed(with: code) ?? false),
        connection.cause?.framing == nil
      else { return nil }
      let isNormal = code == 1000 || code == 1005
      // A normal end is no word for what was wrong.
      let isWaiting =
        provocation != nil || connection.exchanges.contains { evidence.exchanges[$0].state == .cut }
      guard !isNormal || isWaiting else { return nil }
      let reason = closure.reason.isEmpty ? "" : ": \(closure.reason)"
      var finding = rule.finding(
        isNormal
          ? "the provider closed with \(code) instead of answering \(connection.subject)\(reason)"
          : "the provider closed with \(code), which the document does not list, "
            + "\(connection.occasion)\(reason)",
        subject: connection.subject,
        place: "\(code)"
      )
      finding.traffic = evidence.place(of: connection)
      finding.actual = "close code \(code)\(reason)"
      let listed = evidence.index.api.closeCodes.map { "\($0.code)" }
      finding.expected =
        isNormal
        ? provocation == nil ? "an answer" : "a code that says what was wrong"
        : listed.isEmpty ? "no close" : "one of \(listed.joined(separator: ", "))"
      return finding
    }
  }
}
