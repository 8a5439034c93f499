import Contract
import JSON

/// One thing that happened on a connection and that a contract can keep.
struct Turn: Sendable {
  /// What happened.
  enum Kind: Sendable {
    /// The consumer asked, and these replies came.
    case exchange(Exchange)
    /// The provider spoke unasked.
    case push(SeenMessage)
    /// The provider closed the connection before anything else could be blamed for it.
    case close
  }

  /// What made the provider speak.
  enum Trigger: Hashable, Sendable {
    case connect
    /// The turn at this index, an exchange.
    case turn(Int)
  }

  /// The connection's name.
  var connection: String
  var kind: Kind
  /// What made the provider push or close.
  var trigger: Trigger = .connect
  /// The code with which the provider closed the connection afterwards.
  var closeCode: UInt16?

  var exchange: Exchange? {
    if case .exchange(let exchange) = kind { exchange } else { nil }
  }

  var push: SeenMessage? {
    if case .push(let message) = kind { message } else { nil }
  }
}

/// A request with its replies.
struct Exchange: Sendable {
  var request: SeenMessage
  /// What the document says comes back.
  var reply: ReplyDescription?
  /// The replies so far, grouped as they stand in the contract: one group for each message of the
  /// document's sequence, or one for the only reply.
  var replies: [Replies] = []
  /// Where the document's sequence has been reached.
  private var step = 0
  private var count = 0

  /// Replies of one kind that came in a row.
  struct Replies: Sendable {
    var messages: [SeenMessage]
    /// How often the document lets them come.
    var minimum = 1
    var maximum: Int? = 1
  }

  init(request: SeenMessage, reply: ReplyDescription?) {
    self.request = request
    self.reply = reply
  }

  /// Whether everything that has to come back has come.
  var isSatisfied: Bool {
    guard let reply else { return true }
    if isAlternative { return true }
    guard !reply.sequence.isEmpty else { return !replies.isEmpty }
    guard step < reply.sequence.count else { return true }
    return count >= reply.sequence[step].minimum
      && reply.sequence.dropFirst(step + 1).allSatisfy { $0.minimum == 0 }
  }

  /// Whether another message of this name can be part of the answer.
  func expects(_ name: String) -> Bool { place(of: name) != nil }

  /// Whether a message that stands for the whole answer has come.
  private var isAlternative: Bool {
    guard let reply, let first = replies.first?.messages.first else { return false }
    return reply.sequence.isEmpty || reply.alternatives.contains(first.name)
  }

  private enum Place {
    case alternative
    case step(Int)
  }

  private func place(of name: String) -> Place? {
    guard let reply, !isAlternative else { return nil }
    if replies.isEmpty, reply.alternatives.contains(name) { return .alternative }
    for index in reply.sequence.indices.dropFirst(step) {
      let known = reply.sequence[index]
      let soFar = index == step ? count : 0
      if known.message == name, known.maximum.map({ soFar < $0 }) ?? true { return .step(index) }
      // What has to come first has not come yet.
      guard soFar >= known.minimum else { return nil }
    }
    return nil
  }

  /// Takes a reply.
  ///
  /// - Returns: Whether it has a place in the answer.
  mutating func take(_ message: SeenMessage) -> Bool {
    guard let reply, let place = place(of: message.name) else { return false }
    switch place {
    case .alternative:
      replies.append(Replies(messages: [message]))
    case .step(let index):
      let known = reply.sequence[index]
      if index == step, count > 0 {
        replies[replies.count - 1].messages.append(message)
        count += 1
      } else {
        replies.append(
          Replies(messages: [message], minimum: known.minimum, maximum: known.maximum)
        )
        step = index
        count = 1
      }
    }
    return true
  }
}
