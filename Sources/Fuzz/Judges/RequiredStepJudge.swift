package import Contract

/// What must come first is not skipped.
package enum RequiredStepJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP501",
    name: "required-step-skipped",
    summary: "an operation fails while what it requires has not succeeded on the connection",
    explanation: """
      x-wspact-requires of the operation names operations that must have succeeded on the same \
      connection. The request was answered as if they had, though none of them was even asked \
      for: often a check that is missing in one handler, or a login that all connections share. \
      Example: 'get_account' is served before 'log_in'.
      """
  )

  /// Finds requests that succeeded too early.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard evidence.index.hasEffects else { return [] }
    return evidence.exchanges.compactMap { exchange in
      let requires = evidence.effects(of: exchange).requires
      guard !requires.isEmpty, evidence.outcome(of: exchange) == .success,
        let repliedAt = exchange.firstReplyAt
      else { return nil }
      let own = evidence.connections[exchange.connection].exchanges.map { evidence.exchanges[$0] }
      let missing = requires.first { required in
        !own.contains { other in
          other.operationName == required && other.sentAt < repliedAt
            && evidence.outcome(of: other) != .failure
        }
      }
      guard let missing else { return nil }
      var finding = rule.finding(
        "\(exchange.operationName) succeeded on a connection without \(missing)",
        subject: exchange.operationName,
        place: missing
      )
      finding.traffic = evidence.place(of: exchange)
      finding.expected = "an error, as \(missing) has not succeeded"
      finding.actual = evidence.firstReply(to: exchange)?.message.name
      return finding
    }
  }
}
