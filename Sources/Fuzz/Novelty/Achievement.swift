import Contract

/// That an operation was answered with a certain message.
struct Achievement: Hashable, Sendable {
  /// The operation.
  var operation: String
  /// The first message of the answer.
  var reply: String
}

extension CaseRun {
  /// What was achieved, in the order of the requests, and by which step.
  var achievements: [(step: Int, achievement: Achievement)] {
    evidence.exchanges.compactMap { exchange in
      guard let step = exchange.step, let first = exchange.replies.first,
        let reply = evidence.received[first].message.name
      else { return nil }
      return (step, Achievement(operation: exchange.operationName, reply: reply))
    }
  }
}
