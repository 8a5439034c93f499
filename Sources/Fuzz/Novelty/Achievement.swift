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

/// Something that a case achieved, and where.
struct AchievedStep: Sendable {
  /// The step of the case that asked for it.
  var step: Int
  /// Which of the case's connections it was asked on, from 0; one that is opened again is another.
  var connection: Int
  /// What was achieved.
  var achievement: Achievement
}

extension CaseRun {
  /// What was achieved, in the order of the requests.
  var achievements: [AchievedStep] {
    evidence.exchanges.compactMap { exchange in
      guard let step = exchange.step,
        let reply = evidence.firstReply(to: exchange)?.message.name
      else { return nil }
      let achievement = Achievement(
        operation: exchange.operationName,
        reply: reply,
        isRefusal: evidence.outcome(of: exchange) == .failure
      )
      return AchievedStep(
        step: step,
        connection: exchange.connection,
        achievement: achievement
      )
    }
  }
}
