import JSON
import JSONSchema

/// What clients may say: the schema of each of their messages.
struct ChatDocument {
  /// By the value of `type`.
  let schemas: [String: CompiledSchema]

  /// Reads a text message.
  ///
  /// - Throws: ``InvalidChatMessage`` when the document does not allow it.
  func read(_ payload: [UInt8]) throws(InvalidChatMessage) -> ChatRequest {
    guard let text = try? JSONDocument(parsing: payload) else {
      throw InvalidChatMessage(reason: "invalid message: no JSON")
    }
    let message = text.value
    guard let type = message["type"]?.stringValue, let schema = schemas[type] else {
      throw InvalidChatMessage(reason: "invalid message: no known type")
    }
    guard schema.isValid(text), let request = ChatRequest(message) else {
      throw InvalidChatMessage(reason: "invalid message: \(type) does not match its schema")
    }
    return request
  }
}

/// A message that the document does not allow.
struct InvalidChatMessage: Error {
  /// Why, in words that fit into a close frame.
  let reason: String
}
