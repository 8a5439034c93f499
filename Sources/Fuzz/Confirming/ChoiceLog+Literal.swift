import Contract
import Generation
import JSON

extension CaseRun {
  /// What was decided, with every payload given by itself; `nil` where that is not possible.
  func literalLog(_ vocabulary: Vocabulary) -> ChoiceLog? {
    let payloads = actions.compactMap { action -> (String, JSONValue)? in
      switch action {
      case .send(_, let message, let payload): return (message, payload)
      case .sendSpelled(_, let message, let payload, _): return (message, payload)
      default: return nil
      }
    }
    return log.literal(payloads, vocabulary)
  }
}

extension ChoiceLog {
  /// The log with every payload given by itself: none takes values from other steps.
  ///
  /// - Parameters:
  ///   - payloads: What was sent, in order: the names of the messages and their payloads.
  ///   - vocabulary: Knows the messages.
  /// - Returns: `nil` when a payload has no choices of its own.
  func literal(
    _ payloads: [(message: String, payload: JSONValue)],
    _ vocabulary: Vocabulary
  ) -> ChoiceLog? {
    let parts = spans.indices.filter {
      spans[$0].depth == 1 && spans[$0].label == CasePlanner.payloadLabel
    }
    var literal = self
    // From the last to the first, so that the places of those before stay as they are.
    for (part, sent) in zip(parts, payloads).reversed() {
      let entry = vocabulary.entries.first { $0.message.name == sent.message }
      guard let choices = entry?.generator.choices(for: sent.payload) else { return nil }
      literal = literal.replacing(part: part, by: choices)
    }
    return literal
  }

  /// How many steps are decided on.
  var stepCount: Int { spans.count { $0.label == .step } }

  /// The log in the one form that all logs of the same case have: without what is decided anyhow, and
  /// without the step that only says that there is no more.
  var canonical: ChoiceLog {
    let log = withoutSimplestMembers
    guard let last = log.spans.lastIndex(where: { $0.depth == 0 && $0.label == .step }),
      log.endsCase(last)
    else { return log }
    return log.prefix(through: .step, count: log.stepCount - 1)
  }

  /// Whether the case ends before steps that are still decided on.
  var isCutShort: Bool {
    let steps = spans.indices.filter { spans[$0].depth == 0 && spans[$0].label == .step }
    return steps.dropLast().contains(where: endsCase)
  }

  /// Whether a step is the end of the case.
  private func endsCase(_ step: Int) -> Bool {
    choices[spans[step].range].first != .boolean(true)
  }
}
