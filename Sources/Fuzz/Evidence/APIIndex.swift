package import Contract
import JSON

/// An API description with everything that judges ask often looked up beforehand.
package struct APIIndex: Sendable {
  /// The description.
  package let api: APIDescription
  /// For each name of a message, the first operation in which the client opens an exchange with it.
  let requests: [String: Int]
  /// The names of the messages that the provider may say unasked.
  let pushes: Set<String>
  /// The codes that the document says a provider closes with.
  let closeCodes: Set<UInt16>
  let toProvider: MessageClassifier
  let toConsumer: MessageClassifier
  let definitions: [String: MessageDefinition]
  /// Tells messages that refuse something.
  let rejectionWords: RejectionWords
  /// Whether the document says what operations do beyond their replies.
  let hasEffects: Bool

  /// Looks everything up.
  package init(_ api: APIDescription) {
    self.api = api
    var requests: [String: Int] = [:]
    var pushes: Set<String> = []
    for (index, operation) in api.operations.enumerated() {
      switch operation.direction {
      case .toProvider:
        for name in operation.messages where requests[name] == nil { requests[name] = index }
      case .toConsumer:
        pushes.formUnion(operation.messages)
      }
    }
    self.requests = requests
    self.pushes = pushes
    closeCodes = Set(api.closeCodes.map(\.code))
    toProvider = MessageClassifier(api, direction: .toProvider)
    toConsumer = MessageClassifier(api, direction: .toConsumer)
    rejectionWords = RejectionWords(api)
    hasEffects = api.operations.contains { $0.effects != OperationEffects() }
    definitions = Dictionary(api.messages.map { ($0.name, $0) }) { first, _ in first }
  }

  /// What a message says that it is, where the document's messages say it.
  func identity(in document: JSONDocument) -> String? {
    let pointers = api.messages.compactMap(\.identity?.pointer)
    return document.withTape { tape in
      pointers.lazy.compactMap { tape.node(at: $0)?.value }.first
        .map { tape.value(of: $0).summary(limit: 40) }
    }
  }

  /// Tells the messages of a direction apart.
  func classifier(_ direction: MessageDirection) -> MessageClassifier {
    direction == .toProvider ? toProvider : toConsumer
  }

  /// What the provider promises to answer when the client opens with this message.
  func reply(to message: String) -> ReplyDescription? {
    requests[message].flatMap { api.operations[$0].reply }
  }
}
