/// A rule of the protocol that the peer broke.
package enum ProtocolViolation: Error, Hashable, Sendable {
  case reservedBits(UInt8)
  /// Bits of an agreed extension on a frame that may not have them.
  case reservedBitsMisplaced(UInt8, Opcode)
  case reservedOpcode(UInt8)
  case unmaskedFromClient
  case maskedFromServer
  case lengthNotMinimal(UInt64)
  case lengthBeyond63Bits
  case fragmentedControl(Opcode)
  case controlTooLong(Opcode, UInt64)
  case continuationWithoutStart
  case messageInterrupted(by: Opcode)
  case frameTooLong(UInt64, limit: Int)
  case messageTooLong(UInt64, limit: Int)
  case invalidUTF8(byteOffset: Int)
  /// A compressed message that cannot be decompressed; so many bytes of it could.
  case malformedCompression(byteOffset: Int)
  case closePayloadTooShort
  case closeCodeNotAllowed(CloseCode)
  case invalidCloseReason(byteOffset: Int)

  /// The code that the close frame carries which answers it.
  ///
  /// RFC 7692 names none for data that cannot be decompressed; 1007 says that the payload does not
  /// fit its kind.
  ///
  /// Spec: RFC 6455 §7.4.1, §8.1.
  package var closeCode: CloseCode {
    switch self {
    case .frameTooLong, .messageTooLong: .messageTooBig
    case .invalidUTF8, .invalidCloseReason, .malformedCompression: .invalidPayload
    default: .protocolError
    }
  }

  /// The document that states the rule.
  package var document: String {
    switch self {
    case .reservedBitsMisplaced, .malformedCompression: "RFC 7692"
    default: "RFC 6455"
    }
  }

  /// Where the ``document`` states the rule.
  package var section: String {
    switch self {
    case .reservedBitsMisplaced: "6.1"
    case .malformedCompression: "7.2.2"
    case .unmaskedFromClient, .maskedFromServer: "5.1"
    case .reservedBits, .reservedOpcode, .lengthNotMinimal, .lengthBeyond63Bits: "5.2"
    case .continuationWithoutStart, .messageInterrupted: "5.4"
    case .fragmentedControl, .controlTooLong: "5.5"
    case .closePayloadTooShort, .invalidCloseReason: "5.5.1"
    case .closeCodeNotAllowed: "7.4"
    case .invalidUTF8: "8.1"
    case .frameTooLong, .messageTooLong: "10.4"
    }
  }
}

extension ProtocolViolation: CustomStringConvertible {
  /// What was wrong, in a phrase short enough for a close frame.
  package var description: String {
    switch self {
    case .reservedBits(let bits):
      return "reserved bits set without an extension: \(Self.names(ofReservedBits: bits))"
    case .reservedBitsMisplaced(let bits, let opcode):
      return "\(Self.names(ofReservedBits: bits)) set on a \(opcode) frame"
    case .reservedOpcode(let opcode):
      return "reserved opcode \(opcode)"
    case .unmaskedFromClient:
      return "client frame without a mask"
    case .maskedFromServer:
      return "server frame with a mask"
    case .lengthNotMinimal(let length):
      return "length \(length) not written in its shortest form"
    case .lengthBeyond63Bits:
      return "length with its highest bit set"
    case .fragmentedControl(let opcode):
      return "fragmented \(opcode) frame"
    case .controlTooLong(let opcode, let length):
      return "\(opcode) frame of \(length) bytes; 125 is the most"
    case .continuationWithoutStart:
      return "continuation frame without a message to continue"
    case .messageInterrupted(let opcode):
      return "\(opcode) frame inside an unfinished message"
    case .frameTooLong(let length, let limit):
      return "frame of \(length) bytes; the limit is \(limit)"
    case .messageTooLong(let length, let limit):
      return "message of at least \(length) bytes; the limit is \(limit)"
    case .invalidUTF8(let offset):
      return "text is not UTF-8 at byte \(offset)"
    case .malformedCompression(let offset):
      return "compressed message cannot be decompressed at byte \(offset)"
    case .closePayloadTooShort:
      return "close frame of 1 byte; a code takes 2"
    case .closeCodeNotAllowed(let code):
      return "close code \(code.rawValue) may not be sent"
    case .invalidCloseReason(let offset):
      return "close reason is not UTF-8 at byte \(offset)"
    }
  }

  private static func names(ofReservedBits bits: UInt8) -> String {
    [(4, "RSV1"), (2, "RSV2"), (1, "RSV3")].filter { UInt8($0.0) & bits != 0 }.map(\.1)
      .joined(separator: ", ")
  }
}
