package import Contract

/// The provider ends connections with a close frame.
package enum ConnectionDropJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP102",
    name: "connection-dropped",
    summary: "the provider ends a connection with a close frame, never by dropping it",
    explanation: """
      TCP ended or was reset without a close frame, which clients see as close code 1006 (RFC \
      6455 section 7.1.5). Usually the task that serves the connection died, or the whole \
      process did. Example: after 'subscribe' with an empty list the socket is reset.
      """
  )

  /// Finds connections that ended without a close frame from the provider's side.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard connection.wasEndedByProvider, connection.closure?.code == nil,
        evidence.provocation(ending: connection)?.demand != .failure, !connection.isDisturbed,
        connection.cause?.framing == nil
      else { return nil }
      var finding = rule.finding(
        "the provider dropped the connection without a close frame \(connection.occasion)",
        subject: connection.subject
      )
      finding.traffic = evidence.place(of: connection)
      finding.actual = connection.closure?.problem
      finding.expected = "a close frame with a code"
      return finding
    }
  }
}
