import Testing

@testable import WebSocket

struct FrameHeaderTests {
  struct Example: CustomTestStringConvertible {
    let header: FrameHeader
    let bytes: [UInt8]
    let why: String
    var testDescription: String { why }
  }

  static let examples = [
    Example(
      header: FrameHeader(opcode: 1, payloadByteCount: 5),
      bytes: [0x81, 0x05],
      why: "a short text frame (RFC 6455 section 5.7)"
    ),
    Example(
      header: FrameHeader(
        opcode: 1,
        maskingKey: MaskingKey(0x37, 0xFA, 0x21, 0x3D),
        payloadByteCount: 5
      ),
      bytes: [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D],
      why: "the same with a mask (section 5.7)"
    ),
    Example(
      header: FrameHeader(opcode: 1, isFinal: false, payloadByteCount: 3),
      bytes: [0x01, 0x03],
      why: "a first fragment (section 5.7)"
    ),
    Example(
      header: FrameHeader(opcode: 2, payloadByteCount: 256),
      bytes: [0x82, 0x7E, 0x01, 0x00],
      why: "256 bytes, sixteen-bit length (section 5.7)"
    ),
    Example(
      header: FrameHeader(opcode: 2, payloadByteCount: 65_536),
      bytes: [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0],
      why: "64 KiB, sixty-four-bit length (section 5.7)"
    ),
    Example(
      header: FrameHeader(opcode: 2, payloadByteCount: 125),
      bytes: [0x82, 0x7D],
      why: "125, the longest short length"
    ),
    Example(
      header: FrameHeader(opcode: 2, payloadByteCount: 126),
      bytes: [0x82, 0x7E, 0, 126],
      why: "126, the shortest medium length"
    ),
    Example(
      header: FrameHeader(opcode: 2, payloadByteCount: 65_535),
      bytes: [0x82, 0x7E, 0xFF, 0xFF],
      why: "65535, the longest medium length"
    ),
    Example(
      header: FrameHeader(opcode: 0xF, reservedBits: 5, payloadByteCount: 0),
      bytes: [0xDF, 0],
      why: "RSV1, RSV3 and an unknown opcode"
    ),
    Example(
      header: FrameHeader(opcode: 2, payloadByteCount: 1, lengthForm: .long),
      bytes: [0x82, 0x7F, 0, 0, 0, 0, 0, 0, 0, 1],
      why: "a length that is not minimal"
    ),
    Example(
      header: FrameHeader(opcode: 2, payloadByteCount: .max),
      bytes: [0x82, 0x7F, 255, 255, 255, 255, 255, 255, 255, 255],
      why: "the highest length"
    ),
  ]

  @Test(arguments: examples)
  func `a header is written and read back bit by bit`(example: Example) {
    #expect(example.header.bytes == example.bytes)
    #expect(example.header.byteCount == example.bytes.count)
    #expect(FrameHeader(parsing: (example.bytes + [1, 2, 3]).span.bytes) == example.header)
  }

  @Test(arguments: examples)
  func `a header that is cut off anywhere is not complete`(example: Example) {
    for count in 0..<example.bytes.count {
      #expect(FrameHeader(parsing: Array(example.bytes.prefix(count)).span.bytes) == nil)
    }
  }
}
