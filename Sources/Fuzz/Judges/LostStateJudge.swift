package import Contract
import JSON

/// What was made stays until it is deleted.
package enum LostStateJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP504",
    name: "lost-state",
    summary: "what was made can be read until it is deleted",
    explanation: """
      The provider confirmed that the thing was made, nothing that succeeded has deleted it, and \
      a read fails. A request that was answered with an error may have had an effect all the \
      same; or the thing is kept with a connection that has ended. Example: 'delete' is refused \
      with an error, and 'get' finds nothing afterwards.
      """
  )

  /// Finds reads that failed although the thing must be there.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    var findings: [Finding] = []
    StateHistory.forEach(in: evidence) { thing, act, certainty in
      let exchange = evidence.exchanges[act.exchange]
      guard act.effect.kind == .read, act.outcome == .failure, !certainty.isDeleted,
        evidence.hasWhatItRequires(exchange)
      else { return }
      var finding = rule.finding(
        "\(exchange.operationName) failed although nothing has deleted the \(thing.resource)",
        subject: exchange.operationName
      )
      finding.traffic = evidence.place(of: exchange)
      finding.expected = "the \(thing.resource) \(thing.id.summary(limit: 40))"
      finding.actual = evidence.firstReply(to: exchange)?.message.document?.value.summary(
        limit: 120
      )
      findings.append(finding)
    }
    return findings
  }
}

extension Evidence {
  /// Whether everything that an operation requires has succeeded on the connection before, and surely
  /// still holds: what a required operation made was not deleted, by whomever.
  fileprivate func hasWhatItRequires(_ exchange: Exchange) -> Bool {
    let own = connections[exchange.connection].exchanges.map { exchanges[$0] }
    return effects(of: exchange).requires.allSatisfy { required in
      own.contains { step in
        step.operationName == required && step.firstReplyAt ?? .max < exchange.sentAt
          && outcome(of: step) == .success && !mayBeUndone(step, before: exchange)
      }
    }
  }

  private func mayBeUndone(_ step: Exchange, before exchange: Exchange) -> Bool {
    guard let made = effects(of: step).state, made.kind == .create else { return false }
    return exchanges.contains { other in
      guard let effect = effects(of: other).state else { return false }
      return effect.resource == made.resource && effect.kind == .delete
        && other.sentAt < exchange.firstReplyAt ?? .max
    }
  }
}
