package import JSON

/// One thing that a consumer relies on: a request with its replies, or a push.
///
/// Spec: Pact V4 `Synchronous/Messages` and `Asynchronous/Messages`. Members that this program does
/// not know are kept, so that rewriting a file loses nothing.
package struct Interaction: Sendable, Hashable {
  /// What is said.
  package enum Content: Sendable, Hashable {
    /// The consumer asks, the provider answers with these messages in order.
    case exchange(request: InteractionMessage, responses: [InteractionMessage])
    /// The provider speaks unasked.
    case push(InteractionMessage)
  }

  /// One line that names it; unique within a contract together with the provider states.
  package var description: String
  /// An identifier that is unique within the contract, or `nil`.
  package var key: String?
  /// What must be true of the provider beforehand.
  package var providerStates: [ProviderState]
  /// Whether a mismatch is reported without failing the run.
  package var isPending: Bool
  /// What is said.
  package var content: Content
  /// The facts of the WebSocket that Pact has no field for.
  package var facts: WebSocketFacts
  /// The members of `comments` other than `wspact`.
  package var comments: JSONObject
  /// Members of the interaction that this program does not interpret, kept for rewriting.
  package var unknownMembers: JSONObject
  /// Where it stands in its file.
  package var location: SourceLocation?

  /// States an interaction.
  package init(
    description: String,
    key: String? = nil,
    providerStates: [ProviderState] = [],
    isPending: Bool = false,
    content: Content,
    facts: WebSocketFacts = WebSocketFacts(),
    comments: JSONObject = [:],
    unknownMembers: JSONObject = [:],
    location: SourceLocation? = nil
  ) {
    self.description = description
    self.key = key
    self.providerStates = providerStates
    self.isPending = isPending
    self.content = content
    self.facts = facts
    self.comments = comments
    self.unknownMembers = unknownMembers
    self.location = location
  }

  /// The messages that the provider says, in order.
  package var providerMessages: [InteractionMessage] {
    switch content {
    case .exchange(_, let responses): responses
    case .push(let message): [message]
    }
  }
}

/// Something that must be true of the provider before an interaction.
///
/// Spec: Pact V4 "Provider States".
package struct ProviderState: Sendable, Hashable {
  /// The sentence that names it.
  package var name: String
  /// Its parameters.
  package var parameters: JSONObject

  /// Names a state.
  package init(name: String, parameters: JSONObject = [:]) {
    self.name = name
    self.parameters = parameters
  }
}

/// A message as a contract keeps it: an example, and the rules that say what may differ from it.
package struct InteractionMessage: Sendable, Hashable {
  /// The example.
  package var contents: MessageContents
  /// What is known beside the contents (`contentType` and the like).
  package var metadata: JSONObject
  /// Which parts may differ, and how.
  package var matchingRules: MatchingRules
  /// How parts are made anew when the message is replayed, as they stand in the file.
  package var generators: JSONObject
  /// Members of `contents` that this program does not interpret (`contentTypeHint`), kept for
  /// rewriting.
  package var unknownContentsMembers: JSONObject
  /// Members that this program does not interpret, kept for rewriting.
  package var unknownMembers: JSONObject

  /// Keeps a message.
  package init(
    contents: MessageContents,
    metadata: JSONObject = [:],
    matchingRules: MatchingRules = MatchingRules(),
    generators: JSONObject = [:],
    unknownContentsMembers: JSONObject = [:],
    unknownMembers: JSONObject = [:]
  ) {
    self.contents = contents
    self.metadata = metadata
    self.matchingRules = matchingRules
    self.generators = generators
    self.unknownContentsMembers = unknownContentsMembers
    self.unknownMembers = unknownMembers
  }
}

/// The body of a message.
///
/// Spec: Pact V4 "Body": `content`, `contentType`, `encoded`, `contentTypeHint`.
package enum MessageContents: Sendable, Hashable {
  /// No `content` member: anything matches.
  case missing
  /// A JSON value; its text is not kept.
  case json(JSONValue, contentType: String)
  /// Text that is no JSON.
  case text(String, contentType: String)
  /// Bytes.
  case binary([UInt8], contentType: String)

  /// The media type, or `nil` when there are no contents.
  package var contentType: String? {
    switch self {
    case .missing: nil
    case .json(_, let type), .text(_, let type), .binary(_, let type): type
    }
  }
}
