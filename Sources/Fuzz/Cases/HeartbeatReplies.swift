import Contract
import Generation
import JSON
import JSONSchema
package import WebSocket

/// What a client says at once when the provider asks, such as the pong to a heartbeat's ping.
package struct HeartbeatReplies: Sendable {
  private struct Template: Sendable {
    var payload: JSONValue
    var correlation: JSONPointer?
  }

  private let templates: [String: Template]
  private let index: APIIndex

  /// Prepares an answer for each message with which the provider asks something.
  package init(_ index: APIIndex) {
    var templates: [String: Template] = [:]
    for operation in index.api.operations where operation.direction == .toConsumer {
      let answer = operation.reply?.messages.lazy.compactMap { index.definitions[$0] }.first
      guard let answer, let payload = Self.sample(of: answer) else { continue }
      for name in operation.messages where templates[name] == nil {
        templates[name] = Template(payload: payload, correlation: answer.correlation)
      }
    }
    self.templates = templates
    self.index = index
  }

  private static func sample(of definition: MessageDefinition) -> JSONValue? {
    let example = definition.examples.first { definition.payload.isValid($0.payload) }
    if let example { return example.payload }
    var source = ChoiceSource(replaying: ChoiceLog())
    return try? ValueGenerator(schema: definition.payload).value(from: &source)
  }

  /// The answer to a message of the provider, or `nil` when it asks nothing.
  func reply(to message: ReadMessage) -> Message? {
    guard let name = message.name, let template = templates[name] else { return nil }
    var payload = template.payload
    if let correlation = template.correlation, let id = message.correlation {
      payload.set(id, at: correlation)
    }
    return Message(kind: .text, payload: payload.bytes())
  }

  /// A function that answers messages as they come.
  package var automaticReply: (@Sendable (Message) -> Message?)? {
    guard !templates.isEmpty else { return nil }
    let reader = MessageReader(index)
    return { message in
      guard message.kind == .text else { return nil }
      return reply(to: reader.read(TranscriptFrame(.text, payload: message.payload), .toConsumer))
    }
  }
}
