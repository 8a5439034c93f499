package import JSON

/// Something that one side may say to the other, and what is said back.
///
/// Spec: AsyncAPI 3.0 "Operation Object".
package struct OperationDescription: Hashable, Sendable {
  /// The key in the document.
  package var name: String
  /// Which way its messages travel.
  package var direction: MessageDirection
  /// The name of its channel.
  package var channel: String
  /// The names of the messages that open it; any one of them.
  package var messages: [String]
  /// What comes back, or `nil` when nothing is promised.
  package var reply: ReplyDescription?
  /// What it does beyond that.
  package var effects: OperationEffects
  /// Where the document says this.
  package var location: SourceLocation?

  /// Describes an operation.
  package init(
    name: String,
    direction: MessageDirection,
    channel: String,
    messages: [String],
    reply: ReplyDescription? = nil,
    effects: OperationEffects = OperationEffects(),
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.direction = direction
    self.channel = channel
    self.messages = messages
    self.reply = reply
    self.effects = effects
    self.location = location
  }
}

/// What answers a request.
///
/// Spec: AsyncAPI 3.0 "Operation Reply Object". The document's `x-wspact-sequence` says which of the
/// messages come in which order and how often; without it, any one of the messages is the answer.
package struct ReplyDescription: Hashable, Sendable {
  /// Every message that may come back, in the document's order.
  package var messages: [String]
  /// The messages that come in order; empty when one message of ``messages`` is the whole answer.
  package var sequence: [ReplyStep]

  /// Describes a reply.
  package init(messages: [String], sequence: [ReplyStep] = []) {
    self.messages = messages
    self.sequence = sequence
  }

  /// The messages that stand for the whole answer (an `error` in place of a stream).
  package var alternatives: [String] {
    let ordered = Set(sequence.map(\.message))
    return messages.filter { !ordered.contains($0) }
  }
}

/// One message of an ordered answer, and how often it may come.
package struct ReplyStep: Hashable, Sendable {
  /// The name of the message.
  package var message: String
  /// The least number of times, from 0.
  package var minimum: Int
  /// The greatest number of times, or `nil` for no bound.
  package var maximum: Int?

  /// A message that comes between `minimum` and `maximum` times.
  package init(message: String, minimum: Int = 1, maximum: Int? = 1) {
    self.message = message
    self.minimum = minimum
    self.maximum = maximum
  }
}
