package import JSON

/// What a contract knows about the socket and Pact has no field for.
///
/// It stands in `comments.wspact` of an interaction, where official tools keep it through a merge. An
/// absent fact means that the contract does not care.
package struct WebSocketFacts: Sendable, Hashable {
  /// The opening request that leads to the connection.
  package var connection: ConnectionFacts?
  /// Which connection carries it, and at which place among the interactions of that connection.
  package var conversation: ConversationFacts?
  /// The name of the request message in the API description.
  package var request: String?
  /// For each provider message, in order, its name and how often it may come.
  package var responses: [ResponseFacts]
  /// Where every message carries the value that tells its kind (`/type`).
  package var identity: JSONPointer?
  /// Which ids of the replies repeat an id of the request.
  package var correlation: CorrelationFacts?
  /// The values of the request that the provider made up earlier in the same conversation.
  package var reuses: [ReusedValue]
  /// How the messages are framed; `nil` takes binary frames for binary contents, text for others.
  package var frames: FrameKind?
  /// Whether the replies may come in any order; `false` when in the order of the list.
  package var repliesInAnyOrder: Bool
  /// Who must receive a push.
  package var audience: Audience?
  /// What makes the provider push.
  package var trigger: Trigger?
  /// The code with which the provider closes the connection afterwards.
  package var closeCode: UInt16?
  /// The longest time from a request to the first reply, in milliseconds.
  package var budgetMilliseconds: Int?
  /// How long nothing may be heard, in milliseconds: no message at all where a push has no contents,
  /// no message like its example where it has; after a request, nothing but its replies.
  package var silenceMilliseconds: Int?

  /// No facts, or the ones given.
  package init(
    connection: ConnectionFacts? = nil,
    conversation: ConversationFacts? = nil,
    request: String? = nil,
    responses: [ResponseFacts] = [],
    identity: JSONPointer? = nil,
    correlation: CorrelationFacts? = nil,
    reuses: [ReusedValue] = [],
    frames: FrameKind? = nil,
    repliesInAnyOrder: Bool = false,
    audience: Audience? = nil,
    trigger: Trigger? = nil,
    closeCode: UInt16? = nil,
    budgetMilliseconds: Int? = nil,
    silenceMilliseconds: Int? = nil
  ) {
    self.connection = connection
    self.conversation = conversation
    self.request = request
    self.responses = responses
    self.identity = identity
    self.correlation = correlation
    self.reuses = reuses
    self.frames = frames
    self.repliesInAnyOrder = repliesInAnyOrder
    self.audience = audience
    self.trigger = trigger
    self.closeCode = closeCode
    self.budgetMilliseconds = budgetMilliseconds
    self.silenceMilliseconds = silenceMilliseconds
  }

  /// Who must receive a push.
  package enum Audience: String, Sendable, Hashable, CaseIterable {
    /// The connection that caused it.
    case sender
    /// Every connection but the one that caused it.
    case others
    /// Every connection.
    case all
  }

  /// How messages are framed.
  ///
  /// Spec: RFC 6455 §5.6.
  package enum FrameKind: String, Sendable, Hashable, CaseIterable {
    case text, binary
  }

  /// What makes the provider push.
  package enum Trigger: Sendable, Hashable {
    /// The connection was opened.
    case connect
    /// The interaction with this description took place on the same connection.
    case interaction(String)
  }
}

/// The opening request of a connection.
package struct ConnectionFacts: Sendable, Hashable {
  /// The path, beginning with `/`.
  package var path: String
  /// The query, in order.
  package var query: [NameAndValue]
  /// The headers that matter, in order.
  package var headers: [NameAndValue]
  /// The subprotocol that is offered and must be chosen.
  package var subprotocol: String?

  /// Describes an opening request.
  package init(
    path: String = "/",
    query: [NameAndValue] = [],
    headers: [NameAndValue] = [],
    subprotocol: String? = nil
  ) {
    self.path = path
    self.query = query
    self.headers = headers
    self.subprotocol = subprotocol
  }
}

/// A query parameter or header.
package struct NameAndValue: Sendable, Hashable {
  /// Its name.
  package var name: String
  /// Its value, decoded.
  package var value: String

  /// Pairs a name with a value.
  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Which connection carries an interaction.
package struct ConversationFacts: Sendable, Hashable {
  /// The name of the connection; interactions of one name share it.
  package var name: String
  /// The place among them, from 1.
  package var position: Int

  /// Places an interaction.
  package init(name: String, position: Int) {
    self.name = name
    self.position = position
  }
}

/// A provider message's name and how often it may come in a row.
package struct ResponseFacts: Sendable, Hashable {
  /// The message's name in the API description, or `nil` when there is none.
  package var message: String?
  /// The least number of times, from 0.
  package var minimum: Int
  /// The greatest number of times, or `nil` for no bound.
  package var maximum: Int?

  /// A message that comes between `minimum` and `maximum` times.
  package init(message: String?, minimum: Int = 1, maximum: Int? = 1) {
    self.message = message
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// The ids that tie replies to their request.
package struct CorrelationFacts: Sendable, Hashable {
  /// Where the request carries the id.
  package var request: JSONPointer
  /// Where each reply repeats it.
  package var response: JSONPointer

  /// Ties two places together.
  package init(request: JSONPointer, response: JSONPointer) {
    self.request = request
    self.response = response
  }
}

/// A value of a request that repeats what the provider made up in an earlier message.
///
/// Whoever replays the request puts the value of this run in the place of the recorded one.
package struct ReusedValue: Sendable, Hashable {
  /// The member of the request.
  package var target: JSONPointer
  /// The description of the interaction whose message has it, in the same conversation.
  package var interaction: String
  /// Which of that interaction's provider messages, from 0.
  package var response: Int
  /// Where the value stands in that message.
  package var source: JSONPointer

  /// Ties a member to where its value comes from.
  package init(
    target: JSONPointer,
    interaction: String,
    response: Int,
    source: JSONPointer
  ) {
    self.target = target
    self.interaction = interaction
    self.response = response
    self.source = source
  }
}
