import JSON

/// One step of a case, as it was decided.
struct CaseStep: Sendable {
  /// What is done.
  enum Kind: Sendable {
    /// A message is sent; the place of its entry in the vocabulary.
    case send(entry: Int, payload: JSONValue, isPipelined: Bool)
    /// The connection is closed; the next step on it opens it again.
    case close
    /// The connection is dropped without a close frame.
    case drop
    /// Something is said that a client should not say.
    case input(InvalidInput)
  }

  /// Which of the case's connections, from 0.
  var connection: Int
  /// What is done.
  var kind: Kind

  /// Whether it sends a message.
  var isSend: Bool { if case .send = kind { true } else { false } }

  /// Whether the next step comes without waiting for an answer to this one.
  var isPipelined: Bool { if case .send(_, _, isPipelined: true) = kind { true } else { false } }
}
