package import JSON
package import JSONSchema

/// A message as judges see it: which one it is, whether it fits, and which id it carries.
package struct ReadMessage: Sendable {
  /// How it compares with the document.
  package enum Verdict: Sendable {
    /// It is what the document says.
    case valid
    /// It is known, and breaks its schema.
    case invalid([SchemaViolation])
    /// It is text, and no JSON.
    case notJSON(reason: String)
    /// It is binary, where the document only knows JSON.
    case binary
    /// It is JSON, and none of the messages.
    case unknown(reason: String, nearest: String?)
    /// It is a message that only the client may say.
    case wrongDirection(name: String)
  }

  /// The names that it may have; several only where the document cannot tell them apart.
  package var names: [String]
  /// How it compares with the document.
  package var verdict: Verdict
  /// The id that ties replies to requests, where it carries one.
  package var correlation: JSONValue?
  /// Whether its definition has a place for such an id.
  package var hasCorrelation: Bool
  /// The payload, when it is JSON.
  package var document: JSONDocument?

  init(
    names: [String] = [],
    verdict: Verdict,
    correlation: JSONValue? = nil,
    hasCorrelation: Bool = false,
    document: JSONDocument? = nil
  ) {
    self.names = names
    self.verdict = verdict
    self.correlation = correlation
    self.hasCorrelation = hasCorrelation
    self.document = document
  }

  /// Its name, where it is known.
  package var name: String? { names.first }

  /// Whether the document says all of it.
  package var isValid: Bool { if case .valid = verdict { true } else { false } }
}
