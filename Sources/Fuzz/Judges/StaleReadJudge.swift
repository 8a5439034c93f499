package import Contract
import JSON

/// Reads give back what was written.
package enum StaleReadJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP505",
    name: "stale-read",
    summary: "a read gives back what was written last",
    explanation: """
      x-wspact-state lists under 'values' members of a request that a later read gives back at \
      the same place. No other write was under way, and the read has another value: an old one \
      (a cache), that of somebody else (a shared variable), or one that was changed on the way \
      (cut off, escaped twice). Example: 'set_note' writes 'b' over 'a', and 'get' still shows \
      'a'.
      """
  )

  /// Finds reads with other values than were written last.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard evidence.index.hasEffects else { return [] }
    return reads(evidence) + writes(evidence)
  }

  private static func reads(_ evidence: Evidence) -> [Finding] {
    var findings: [Finding] = []
    StateHistory.forEach(in: evidence) { thing, act, certainty in
      let exchange = evidence.exchanges[act.exchange]
      guard act.effect.kind == .read, act.outcome == .success, !certainty.isDeleted,
        let reply = evidence.firstReply(to: exchange), let document = reply.message.document
      else { return }
      for (pointer, written) in certainty.values.sorted(by: {
        $0.key.description < $1.key.description
      }) {
        let read = document.value(at: pointer)
        guard read != written.value else { continue }
        let write = evidence.exchanges[written.exchange].operationName
        var finding = rule.finding(
          "\(exchange.operationName) does not give back \(pointer) as \(write) wrote it",
          subject: exchange.operationName,
          place: pointer.pattern
        )
        finding.traffic = evidence.place(of: reply)
        finding.pointer = pointer
        finding.expected = written.value.summary(limit: 200)
        finding.actual = read?.summary(limit: 200)
        findings.append(finding)
      }
    }
    return findings
  }

  /// Writes that are answered with what a read would say, and with other values than were written.
  private static func writes(_ evidence: Evidence) -> [Finding] {
    StateHistory(evidence).acts.flatMap { thing, acts in
      acts.flatMap { act -> [Finding] in
        let exchange = evidence.exchanges[act.exchange]
        guard act.effect.kind == .create || act.effect.kind == .change, act.outcome == .success,
          let written = exchange.document, let reply = evidence.firstReply(to: exchange),
          let shown = reply.message.document,
          evidence.isRead(reply.message, of: thing.resource),
          !acts.contains(where: { $0.exchange != act.exchange && $0.overlaps(act) })
        else { return [] }
        return act.effect.values.compactMap { pointer in
          guard let said = written.value(at: pointer), let value = shown.value(at: pointer),
            said != value
          else { return nil }
          var finding = rule.finding(
            "the reply to \(exchange.operationName) does not give back \(pointer) as it was written",
            subject: exchange.operationName,
            place: pointer.pattern
          )
          finding.traffic = evidence.place(of: reply)
          finding.pointer = pointer
          finding.expected = said.summary(limit: 200)
          finding.actual = value.summary(limit: 200)
          return finding
        }
      }
    }
  }
}

extension Evidence {
  /// Whether a message is what reads of a kind of thing are usually answered with.
  fileprivate func isRead(_ message: ReadMessage, of resource: String) -> Bool {
    index.api.operations.contains { operation in
      operation.effects.state?.kind == .read && operation.effects.state?.resource == resource
        && operation.reply?.messages.first == message.name
    }
  }
}

extension StateHistory.Act {
  /// Whether both were under way at the same time, as far as can be known.
  fileprivate func overlaps(_ other: StateHistory.Act) -> Bool {
    effect.kind != .read && sentAt <= other.repliedAt ?? .max && other.sentAt <= repliedAt ?? .max
  }
}
