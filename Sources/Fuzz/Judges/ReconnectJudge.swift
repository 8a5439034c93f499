package import Contract

/// The provider accepts a new connection at any time.
package enum ReconnectJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP104",
    name: "no-reconnect",
    summary: "the provider accepts a new connection whatever was said on earlier ones",
    explanation: """
      After the messages below a new connection was refused or not answered, though earlier ones \
      were accepted. The provider may hang, have died, or keep something of each connection that \
      is now used up. Example: after 100 connections every new one is refused with 503.
      """
  )

  /// Finds connections that did not come to be after others had.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard !evidence.connections.isEmpty, let refusal = evidence.refusals.first else { return [] }
    let connection = evidence.fatalConnection
    var finding = rule.finding(
      "the provider accepts no new connection \(connection?.occasion ?? "after the first one")",
      subject: connection?.subject ?? "opening"
    )
    finding.traffic = connection.map(evidence.place)
    finding.expected = "an opened connection"
    finding.actual = refusal.reason
    return [finding]
  }
}
