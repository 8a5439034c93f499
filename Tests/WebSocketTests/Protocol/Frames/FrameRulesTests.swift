import Testing

@testable import WebSocket

struct FrameRulesTests {
  struct Example: CustomTestStringConvertible {
    let header: FrameHeader
    var role = Role.client
    var permitted: UInt8 = 0
    let violation: ProtocolViolation?
    let why: String
    var testDescription: String { why }
  }

  private static func header(
    _ opcode: UInt8,
    _ length: UInt64 = 1,
    isFinal: Bool = true,
    reserved: UInt8 = 0,
    key: MaskingKey? = nil,
    form: FrameHeader.LengthForm? = nil
  ) -> FrameHeader {
    FrameHeader(
      opcode: opcode,
      isFinal: isFinal,
      reservedBits: reserved,
      maskingKey: key,
      payloadByteCount: length,
      lengthForm: form
    )
  }

  static let known: [UInt8] = [0, 1, 2, 8, 9, 10]
  static let key = MaskingKey(word: 0)

  static let examples =
    known.map {
      Example(header: header($0), violation: nil, why: "opcode \($0) is known (section 5.2)")
    }
    + (UInt8(0)...15).filter { !known.contains($0) }.map {
      Example(
        header: header($0),
        violation: .reservedOpcode($0),
        why: "opcode \($0) is reserved (5.2)"
      )
    }
    + (UInt8(1)...7).map {
      Example(
        header: header(1, reserved: $0),
        violation: .reservedBits($0),
        why: "reserved bits \($0) mean nothing (5.2)"
      )
    }
    + [
      Example(
        header: header(1, reserved: 4),
        permitted: 4,
        violation: nil,
        why: "RSV1 belongs to an extension (5.2)"
      ),
      Example(
        header: header(1, reserved: 6),
        permitted: 4,
        violation: .reservedBits(2),
        why: "RSV2 does not, next to RSV1 (5.2)"
      ),
      Example(
        header: header(9, reserved: 4),
        permitted: 4,
        violation: .reservedBitsMisplaced(4, .ping),
        why: "RSV1 on a control frame (RFC 7692 section 6.1)"
      ),
      Example(
        header: header(1, key: key),
        violation: .maskedFromServer,
        why: "a server does not mask (5.1)"
      ),
      Example(
        header: header(1, key: key),
        role: .server,
        violation: nil,
        why: "a client masks (5.1)"
      ),
      Example(
        header: header(1),
        role: .server,
        violation: .unmaskedFromClient,
        why: "a client must mask (5.1)"
      ),
      Example(
        header: header(2, 125, form: .medium),
        violation: .lengthNotMinimal(125),
        why: "125 in two bytes (5.2)"
      ),
      Example(
        header: header(2, 65_535, form: .long),
        violation: .lengthNotMinimal(65_535),
        why: "65535 in eight bytes (5.2)"
      ),
      Example(header: header(2, 126), violation: nil, why: "126 in two bytes (5.2)"),
      Example(header: header(2, 65_536), violation: nil, why: "65536 in eight bytes (5.2)"),
      Example(
        header: header(2, 1 << 63),
        violation: .lengthBeyond63Bits,
        why: "the highest bit of a length (5.2)"
      ),
      Example(header: header(9, 125), violation: nil, why: "a ping of 125 bytes (5.5)"),
      Example(
        header: header(9, 126),
        violation: .controlTooLong(.ping, 126),
        why: "a ping of 126 bytes (5.5)"
      ),
      Example(
        header: header(8, isFinal: false),
        violation: .fragmentedControl(.close),
        why: "a close frame in fragments (5.5)"
      ),
      Example(
        header: header(10, isFinal: false),
        violation: .fragmentedControl(.pong),
        why: "a pong in fragments (5.5)"
      ),
      Example(header: header(1, 1_000_000), violation: nil, why: "as long as the limit (10.4)"),
      Example(
        header: header(1, 1_000_001),
        violation: .frameTooLong(1_000_001, limit: 1_000_000),
        why: "longer than the limit (10.4)"
      ),
      Example(
        header: header(1, (1 << 63) - 1),
        violation: .frameTooLong((1 << 63) - 1, limit: 1_000_000),
        why: "the highest allowed length, over the limit (10.4)"
      ),
    ]

  @Test(arguments: examples)
  func `a header is judged by itself`(example: Example) {
    let rules = FrameRules(
      role: example.role,
      maximumFrameBytes: 1_000_000,
      permittedReservedBits: example.permitted
    )
    #expect(rules.violation(in: example.header) == example.violation)
  }

  @Test func `each violation is answered with its code`() {
    #expect(ProtocolViolation.frameTooLong(2, limit: 1).closeCode == .messageTooBig)
    #expect(ProtocolViolation.messageTooLong(2, limit: 1).closeCode == .messageTooBig)
    #expect(ProtocolViolation.invalidUTF8(byteOffset: 0).closeCode == .invalidPayload)
    #expect(ProtocolViolation.invalidCloseReason(byteOffset: 0).closeCode == .invalidPayload)
    #expect(ProtocolViolation.lengthBeyond63Bits.closeCode == .protocolError)
    #expect(ProtocolViolation.reservedBits(4).closeCode == .protocolError)
  }

  @Test func `violations name what was found`() {
    #expect("\(ProtocolViolation.reservedBits(5))".hasSuffix("RSV1, RSV3"))
    #expect(
      "\(ProtocolViolation.controlTooLong(.ping, 126))"
        == "ping frame of 126 bytes; 125 is the most"
    )
  }
}
