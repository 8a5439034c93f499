package import Contract

/// A message of the provider and what it was taken for.
package struct ReceivedMessage: Sendable {
  /// What it was taken for.
  package enum Role: Sendable, Hashable {
    /// The next message of the answer to a request.
    case reply(exchange: Int)
    /// Something that the document lets the provider say unasked.
    case push
    /// One more message of an answer that was over.
    case duplicate(exchange: Int)
    /// A message of an answer, at the wrong place.
    case outOfOrder(exchange: Int, expected: [String])
    /// It carries the id of a request that another connection made.
    case foreign(exchange: Int)
    /// It carries an id that nobody has used.
    case unknownID
    /// It answers a request and lacks the id of it.
    case missingID(exchange: Int)
    /// A reply, though nobody waits for one.
    case unsolicited
    /// The document does not know it.
    case undocumented
    /// It refuses what the client said wrongly, or answers it as if it were right.
    case reaction(provocation: Int, isRejection: Bool)
  }

  /// The place of its connection in ``Evidence/connections``.
  package var connection: Int
  /// The number of its frame on the connection.
  package var frame: Int
  /// The step of the scenario during which it came.
  package var step: Int?
  /// When it came, in nanoseconds of the transcript.
  package var nanoseconds: Int64
  /// What it says.
  package var message: ReadMessage
  /// Its bytes.
  package var payload: TranscriptFrame
  /// What it was taken for.
  package var role: Role
}
