/// Which side of a connection an endpoint plays.
package enum Role: Hashable, Sendable {
  case client
  case server
}

/// Judges frame headers: what one frame may look like, whatever came before it.
///
/// Spec: RFC 6455 §5.1, §5.2, §5.5.
struct FrameRules: Sendable {
  /// The side that reads the frames.
  var role: Role
  /// The longest payload that one frame may have, in bytes.
  var maximumFrameBytes: Int
  /// The reserved bits that an agreed extension gave a meaning to; RSV1 is 4.
  var permittedReservedBits: UInt8 = 0

  /// The first rule that a header breaks; nil when it breaks none.
  func violation(in header: FrameHeader) -> ProtocolViolation? {
    let unexplained = header.reservedBits & ~permittedReservedBits
    guard unexplained == 0 else { return .reservedBits(unexplained) }
    guard let opcode = Opcode(rawValue: header.opcode) else {
      return .reservedOpcode(header.opcode)
    }
    if let broken = maskViolation(in: header) ?? lengthViolation(in: header) { return broken }
    if opcode.isControl {
      guard header.isFinal else { return .fragmentedControl(opcode) }
      guard header.payloadByteCount <= 125 else {
        return .controlTooLong(opcode, header.payloadByteCount)
      }
      // An extension transforms messages, so its bits have no meaning here (RFC 7692 §6.1).
      guard header.reservedBits == 0 else {
        return .reservedBitsMisplaced(header.reservedBits, opcode)
      }
    }
    guard header.payloadByteCount <= UInt64(maximumFrameBytes) else {
      return .frameTooLong(header.payloadByteCount, limit: maximumFrameBytes)
    }
    return nil
  }

  /// Spec: RFC 6455 §5.1: a client masks every frame, a server none.
  private func maskViolation(in header: FrameHeader) -> ProtocolViolation? {
    switch role {
    case .server: header.maskingKey == nil ? .unmaskedFromClient : nil
    case .client: header.maskingKey == nil ? nil : .maskedFromServer
    }
  }

  /// Spec: RFC 6455 §5.2, payload length.
  private func lengthViolation(in header: FrameHeader) -> ProtocolViolation? {
    guard header.payloadByteCount >> 63 == 0 else { return .lengthBeyond63Bits }
    guard header.lengthForm == .shortest(for: header.payloadByteCount) else {
      return .lengthNotMinimal(header.payloadByteCount)
    }
    return nil
  }
}
