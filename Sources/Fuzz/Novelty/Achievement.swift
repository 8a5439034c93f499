import Contract

/// That an operation was answered with a certain message.
struct Achievement: Hashable, Sendable {
  /// The operation.
  var operation: String
  /// The first message of the answer.
  var reply: String
  /// Whether the answer says that it was not done.
  var isRefusal = false
}

extension CaseRun {
  /// What was achieved, in the order of the requests, and by which step.
  var achievements: [(step: Int, achievement: Achievement)] {
    evidence.exchanges.compactMap { exchange in
      guard let step = exchange.step,
        let reply = evidence.firstReply(to: exchange)?.message.name
      else { return nil }
      let achievement = Achievement(
        operation: exchange.operationName,
        reply: reply,
        isRefusal: evidence.outcome(of: exchange) == .failure
      )
      return (step, achievement)
    }
  }
}
