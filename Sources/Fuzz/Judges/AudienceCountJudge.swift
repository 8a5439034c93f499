package import Contract
import JSON

/// What a push says about how many hear it is true.
package enum AudienceCountJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP603",
    name: "wrong-audience-count",
    summary: "a push that says how many hear it says the right number",
    explanation: """
      x-wspact-count names the member in which the push says how many connections hear it. The \
      number is not what the connections of this sequence allow: a counter that is not taken \
      back when a connection ends, or that counts a connection twice. Only told of a provider \
      that was started here, as others may listen to one that runs already. Example: \
      'order_changed' says 'watchers: 3' while two connections listen.
      """
  )

  /// Finds counts that cannot be right.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard limits.isAlone else { return [] }
    let ledger = BroadcastLedger(evidence)
    return ledger.pushes.flatMap { push -> [Finding] in
      guard let pointer = push.effects.count else { return [] }
      return ledger.entries(of: push).compactMap { entry -> Finding? in
        // With several triggers nobody knows which one a push is about.
        guard let place = entry.heard.first, entry.heard.count == 1,
          let trigger = entry.triggers.first, entry.triggers.count == 1
        else { return nil }
        let message = evidence.received[place]
        guard let count = message.message.document?.value(at: pointer)?.intValue else { return nil }
        let allowed = ledger.audienceSize(of: push, trigger: trigger)
        guard !allowed.contains(count) else { return nil }
        var finding = rule.finding(
          "\(push.name) says \(count) at \(pointer)",
          subject: push.name,
          place: count > allowed.upperBound ? "too many" : "too few"
        )
        finding.traffic = evidence.place(of: message)
        finding.pointer = pointer
        finding.expected =
          allowed.count == 1
          ? "\(allowed.lowerBound)" : "\(allowed.lowerBound) to \(allowed.upperBound)"
        finding.actual = "\(count)"
        return finding
      }
    }
  }
}
