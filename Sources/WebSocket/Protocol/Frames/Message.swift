/// A whole message, however many frames carried it.
///
/// Spec: RFC 6455 §5.6.
package struct Message: Hashable, Sendable {
  /// What the payload is.
  package enum Kind: Hashable, Sendable {
    /// UTF-8 text.
    case text
    /// Any bytes.
    case binary
  }

  /// What the payload is.
  package var kind: Kind
  /// The message's bytes; of a received text always valid UTF-8.
  package var payload: [UInt8]

  /// Makes a message.
  package init(kind: Kind, payload: [UInt8]) {
    self.kind = kind
    self.payload = payload
  }

  /// A text message.
  package static func text(_ text: String) -> Message {
    Message(kind: .text, payload: [UInt8](text.utf8))
  }

  /// A binary message.
  package static func binary(_ bytes: [UInt8]) -> Message {
    Message(kind: .binary, payload: bytes)
  }

  /// The payload as text, bad bytes replaced; nil for a binary message.
  package var text: String? {
    kind == .text ? String(decoding: payload, as: UTF8.self) : nil
  }

  /// The opcode of the first frame.
  var opcode: Opcode { kind == .text ? .text : .binary }
}
