package import Contract

/// The provider does not act on what its document forbids.
package enum InvalidAcceptedJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP404",
    name: "invalid-accepted",
    summary: "the provider does not answer an invalid message as if it were a valid one",
    explanation: """
      The client sent something that breaks the payload schema of its message, or that is no message \
      at all, and got the usual answer. Example: the schema says 'maxLength: 40', and a text of 41 \
      characters is stored. A documented error message, a close with a documented code or with 1003, \
      1007 or 1008, or silence where no answer is promised, would be right. What may be read in \
      several ways does not count: formats and contents (JSON Schema draft-07 Validation sections 7.2 \
      and 8), numbers beyond machine numbers, names that stand twice, lone surrogates and extensions \
      of JSON (RFC 8259 sections 4, 6, 8.2 and 9), JSON in a binary message. Check each message \
      against the schema before acting on it.
      """
  )

  /// Finds provocations that were answered as if nothing were wrong.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.provocations.compactMap { provocation in
      guard provocation.demand == .rejection, let place = provocation.acceptances.first,
        provocation.rejections.isEmpty
      else { return nil }
      let answer = evidence.received[place]
      var finding = rule.finding(
        "the provider answered \(provocation.kind) with \(answer.message.name ?? "a message")",
        subject: provocation.kind.subject,
        place: provocation.kind.place
      )
      finding.traffic = evidence.place(of: provocation)
      finding.expected = "an error message or a close"
      finding.actual = answer.shown
      return finding
    }
  }
}
