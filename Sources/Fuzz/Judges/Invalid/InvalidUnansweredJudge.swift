package import Contract

/// The provider says so when it cannot serve an invalid request.
package enum InvalidUnansweredJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP405",
    name: "invalid-unanswered",
    summary: "the provider refuses an invalid request in the way that the document has for it",
    explanation: """
      A request that breaks its schema was passed over without a word, and later ones were answered. \
      The operation promises an answer, and the document has an error message for it or lists a close \
      code that blames the client (1002, 1003, 1007, 1008), so clients wait for one of them. Example: \
      'subscribe' without 'topics' gets neither 'error' nor a close. Where the document has no word \
      for errors, or promises no answer, silence is right.
      """
  )

  /// Finds invalid requests for whose refusal was waited in vain.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.provocations.compactMap { provocation in
      guard evidence.owesRefusal(of: provocation), !provocation.hasReaction, provocation.isOver,
        evidence.end - provocation.sent.nanoseconds >= limits.patience.wholeNanoseconds
      else { return nil }
      var finding = rule.finding(
        "the provider passed over \(provocation.kind) without a word",
        subject: provocation.kind.subject,
        place: provocation.kind.place
      )
      finding.traffic = evidence.place(of: provocation)
      finding.expected = "an error message or a close within \(limits.patience.brief)"
      return finding
    }
  }
}

extension Evidence {
  /// Whether clients may wait for a provocation to be refused.
  func owesRefusal(of provocation: Provocation) -> Bool {
    guard case .invalid = provocation.kind, provocation.demand == .rejection,
      let reply = reply(to: provocation)
    else { return false }
    return index.rejectionWords.areKnown(in: index.api, for: reply)
  }
}
