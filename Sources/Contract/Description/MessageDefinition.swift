package import JSON
package import JSONSchema

/// One kind of message: how it is told from the others, what its payload must be, and examples.
///
/// Spec: AsyncAPI 3.0 "Message Object".
package struct MessageDefinition: Sendable {
  /// The name that is unique in the document, as its author wrote it (the key under
  /// `components/messages`, or the `name` where there is no key).
  package var name: String
  /// One line about it.
  package var summary: String
  /// The names of the channels that carry it.
  package var channels: [String]
  /// The compiled payload schema.
  package var payload: CompiledSchema
  /// The media type of the payload; `application/json` where the document says nothing.
  package var contentType: String
  /// What marks a payload as this message, or `nil` when only the whole schema can tell.
  package var identity: MessageIdentity?
  /// Where the payload carries the id that ties a reply to its request.
  package var correlation: JSONPointer?
  /// The document's example payloads, in order.
  package var examples: [MessageExample]
  /// Where the document defines it.
  package var location: SourceLocation?

  /// Defines a message.
  package init(
    name: String,
    summary: String = "",
    channels: [String] = [],
    payload: CompiledSchema,
    contentType: String = "application/json",
    identity: MessageIdentity? = nil,
    correlation: JSONPointer? = nil,
    examples: [MessageExample] = [],
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.summary = summary
    self.channels = channels
    self.payload = payload
    self.contentType = contentType
    self.identity = identity
    self.correlation = correlation
    self.examples = examples
    self.location = location
  }
}

/// A member of the payload whose value is the same in every message of one kind, and in no other.
package struct MessageIdentity: Hashable, Sendable {
  /// Where the value stands.
  package var pointer: JSONPointer
  /// The value, usually a string.
  package var value: JSONValue

  /// Pairs a place with its value.
  package init(pointer: JSONPointer, value: JSONValue) {
    self.pointer = pointer
    self.value = value
  }
}

/// A payload that the document gives as an example.
package struct MessageExample: Hashable, Sendable {
  /// The name given to it, or empty.
  package var name: String
  /// The payload.
  package var payload: JSONValue
  /// Where it stands in the document.
  package var location: SourceLocation?

  /// Keeps an example.
  package init(name: String, payload: JSONValue, location: SourceLocation? = nil) {
    self.name = name
    self.payload = payload
    self.location = location
  }
}
