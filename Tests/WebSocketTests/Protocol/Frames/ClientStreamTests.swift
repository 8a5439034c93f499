import Testing

@testable import WebSocket

struct ClientStreamTests {
  private static let key = MaskingKey(1, 2, 3, 4)

  private func wire(_ frames: [Frame]) -> [UInt8] {
    frames.flatMap { $0.serialized(maskedWith: Self.key) }
  }

  @Test func `how a message was framed is told`() throws {
    let bytes = wire([
      Frame(.text, payload: [0x61, 0xC3], isFinal: false), Frame(.ping, payload: [7]),
      Frame(.continuation, isFinal: false), Frame(.continuation, payload: [0xA9]),
    ])
    let framing = ClientStream.Framing(
      frames: 3,
      hasEmptyFrame: true,
      hasControlBetween: true,
      dividesCharacter: true
    )
    for size in [1, 2, 5, bytes.count] {
      var stream = ClientStream()
      var elements: [ClientStream.Element] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        elements += stream.read(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(elements == [.control(.ping, [7]), .message(.text("aé"), framing)])
      #expect(!stream.isMidway)
    }
  }

  struct Broken: CustomTestStringConvertible {
    let bytes: [UInt8]
    let violation: ProtocolViolation
    var testDescription: String { "\(violation)" }
  }

  static let broken = [
    Broken(bytes: [0x81, 0x00], violation: .unmaskedFromClient),
    Broken(bytes: [0xC1, 0x80, 1, 2, 3, 4], violation: .reservedBits(4)),
    Broken(bytes: [0x83, 0x80, 1, 2, 3, 4], violation: .reservedOpcode(3)),
    Broken(bytes: [0x09, 0x80, 1, 2, 3, 4], violation: .fragmentedControl(.ping)),
    Broken(bytes: [0x80, 0x80, 1, 2, 3, 4], violation: .continuationWithoutStart),
    Broken(bytes: [0x88, 0x81, 0, 0, 0, 0, 3], violation: .closePayloadTooShort),
    Broken(
      bytes: [0x88, 0x82, 0, 0, 0, 0, 3, 0xED],
      violation: .closeCodeNotAllowed(CloseCode(rawValue: 1005))
    ),
    Broken(bytes: [0x81, 0x82, 0, 0, 0, 0, 0xC3, 0x28], violation: .invalidUTF8(byteOffset: 1)),
    Broken(bytes: [0x81, 0x81, 0, 0, 0, 0, 0xC3], violation: .invalidUTF8(byteOffset: 1)),
    Broken(
      bytes: [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4],
      violation: .lengthBeyond63Bits
    ),
  ]

  @Test(arguments: broken)
  func `the first broken rule ends the stream`(broken: Broken) {
    var stream = ClientStream()
    #expect(stream.read(broken.bytes) == [.violation(broken.violation)])
    #expect(stream.read(broken.bytes).isEmpty)
  }

  @Test func `a message that has only begun is no message`() {
    var stream = ClientStream()
    #expect(stream.read(wire([Frame(.text, payload: [0x61], isFinal: false)])).isEmpty)
    #expect(stream.isMidway)
    let interrupted = stream.read(wire([Frame(.text, payload: [0x61])]))
    #expect(interrupted == [.violation(.messageInterrupted(by: .text))])
  }
}
