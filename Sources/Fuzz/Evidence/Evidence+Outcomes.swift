import Contract
import JSON

/// How a request ended, as far as its first reply tells.
enum ExchangeOutcome: Hashable, Sendable {
  /// It took effect: the first reply is no error.
  case success
  /// It was refused with an error, and has changed nothing.
  case failure
  /// No reply came, so nobody knows.
  case unknown
}

extension Evidence {
  /// How a request ended.
  func outcome(of exchange: Exchange) -> ExchangeOutcome {
    if let outcome = exchange.outcome { return outcome }
    guard let reply = firstReply(to: exchange), reply.message.name != nil else { return .unknown }
    let promised = index.reply(to: exchange.message)
    return index.rejectionWords.isRejection(reply.message, of: promised) ? .failure : .success
  }

  /// The first reply to a request.
  func firstReply(to exchange: Exchange) -> ReceivedMessage? {
    exchange.replies.first.map { received[$0] }
  }

  /// What the operation of a request does beyond its reply.
  func effects(of exchange: Exchange) -> OperationEffects {
    index.api.operations[exchange.operation].effects
  }
}

extension JSONDocument {
  /// The value at a path, if there is one.
  func value(at pointer: JSONPointer) -> JSONValue? {
    withTape { tape in tape.node(at: pointer).map { tape.value(of: $0.value) } }
  }
}
