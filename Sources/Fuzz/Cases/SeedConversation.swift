package import JSON

/// A conversation that was recorded elsewhere, for cases to begin with.
package struct SeedConversation: Sendable, Hashable {
  /// A message of it.
  package struct Line: Sendable, Hashable {
    /// The name of the connection that carried it.
    package var connection: String
    /// Whether the client said it.
    package var isFromConsumer: Bool
    /// What it says.
    package var payload: JSONValue

    /// Describes a message.
    package init(connection: String, isFromConsumer: Bool, payload: JSONValue) {
      self.connection = connection
      self.isFromConsumer = isFromConsumer
      self.payload = payload
    }
  }

  /// Where it was recorded, for a note.
  package var origin: String
  /// Its messages, in order.
  package var lines: [Line]

  /// Takes messages.
  package init(origin: String, lines: [Line]) {
    self.origin = origin
    self.lines = lines
  }
}
