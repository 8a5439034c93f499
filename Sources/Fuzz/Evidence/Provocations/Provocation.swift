package import JSON
import JSONSchema
package import WebSocket

/// Something that a client must not say, or that servers may read in several ways, and what came of
/// it.
package struct Provocation: Sendable {
  /// What is wrong with what was said.
  package enum Kind: Sendable, Hashable {
    /// A message that breaks its schema.
    case invalid(message: String, place: String, keyword: String)
    /// A text that is none of the client's messages; what it is, in a few words.
    case noMessage(String)
    /// A valid message in a text that readers of JSON may take differently; why, in a few words.
    case odd(message: String, String)
    /// Bytes that are no WebSocket frame as RFC 6455 has it.
    case violation(ProtocolViolation)
  }

  /// What a correct provider does about it.
  package enum Demand: Sendable, Hashable {
    /// It does not act on it: it says so, closes the connection, or passes it over.
    case rejection
    /// It fails the connection.
    case failure
    /// It takes it or refuses it, as it likes.
    case anything
  }

  /// The place of the connection in ``Evidence/connections``.
  package var connection: Int
  /// What was said, as far as judges need it.
  package var sent: SentMessage
  /// What is wrong with it.
  package var kind: Kind
  /// What a correct provider does about it.
  package var demand: Demand
  /// The place of the operation that it would open if it were valid.
  package var operation: Int?
  /// The id that it carries.
  package var correlation: JSONValue?
  /// How long it is, in bytes.
  package var byteCount: Int
  /// The places of the messages in ``Evidence/received`` that refuse it.
  package var rejections: [Int] = []
  /// The places of the messages in ``Evidence/received`` that answer it as if it were right.
  package var acceptances: [Int] = []
  /// Whether the provider has answered something that was said after it on its connection.
  package var isOver = false
  /// When its connection ended, if it did before the provider answered anything else.
  package var closedAt: Int64?

  /// Whether the provider has said or done something about it.
  package var hasReaction: Bool {
    closedAt != nil || !rejections.isEmpty || !acceptances.isEmpty
  }
}

extension Provocation.Kind {
  /// A message that breaks its schema in this way.
  ///
  /// A member that should not be there is told by the object that it stands in, as its name is made up.
  init(_ message: String, _ violation: SchemaViolation) {
    let isAboutNames = ["additionalProperties", "unevaluatedProperties", "propertyNames"]
      .contains(violation.keyword)
    let place = isAboutNames ? violation.instance.parent : violation.instance
    self = .invalid(message: message, place: place.pattern, keyword: violation.keyword)
  }
}

extension Provocation.Kind: CustomStringConvertible {
  /// What it was, in words that are the same for all of its kind.
  package var description: String {
    switch self {
    case .invalid(let message, let place, let keyword):
      "an invalid \(message) (\(keyword)\(place.isEmpty ? "" : " at \(place)"))"
    case .noMessage(let what): what
    case .odd(let message, let why): "\(message) with \(why)"
    case .violation(let violation): "a \(violation.name)"
    }
  }
}

extension ProtocolViolation {
  /// What it is, without numbers that tell it from others of its kind.
  package var name: String {
    switch self {
    case .reservedBits, .reservedBitsMisplaced: "frame with reserved bits"
    case .reservedOpcode(let opcode):
      "frame with a reserved \(opcode < 8 ? "data" : "control") opcode"
    case .unmaskedFromClient: "frame without a mask"
    case .maskedFromServer: "frame with a mask"
    case .lengthNotMinimal: "length in a longer form than needed"
    case .lengthBeyond63Bits: "length beyond 63 bits"
    case .fragmentedControl: "fragmented control frame"
    case .controlTooLong: "control frame of more than 125 bytes"
    case .continuationWithoutStart: "continuation of nothing"
    case .messageInterrupted: "message inside a fragmented one"
    case .frameTooLong, .messageTooLong: "message beyond the limit"
    case .invalidUTF8: "text that is not UTF-8"
    case .malformedCompression: "message that cannot be decompressed"
    case .closePayloadTooShort: "close frame of one byte"
    case .closeCodeNotAllowed(let code): "close frame with the code \(code.rawValue)"
    case .invalidCloseReason: "close frame whose reason is not UTF-8"
    }
  }
}
