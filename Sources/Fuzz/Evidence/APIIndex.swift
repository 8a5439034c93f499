package import Contract

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
    definitions = Dictionary(api.messages.map { ($0.name, $0) }) { first, _ in first }
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
