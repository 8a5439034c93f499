import Testing

@testable import WebSocket

struct FrameInflaterTests {
  private static func frame(
    _ payload: [UInt8],
    _ opcode: Opcode = .text,
    isFinal: Bool = true,
    isCompressed: Bool = true
  ) -> Frame {
    Frame(
      opcode: opcode.rawValue,
      payload: payload,
      isFinal: isFinal,
      reservedBits: isCompressed ? 4 : 0
    )
  }

  private func listener(limit: Int = 1000, keepsContext: Bool = true) -> FrameInflater {
    FrameInflater(Inflater(windowBits: 15, keepsContext: keepsContext), limit: limit)
  }

  @Test func `the fragments of a message together are the decompressed message`() throws {
    var listener = listener()
    let hello = CompressedMessageTests.hello
    let frames = [
      Self.frame(Array(hello.prefix(4)), isFinal: false),
      Frame(.ping, payload: [9]),
      Self.frame(Array(hello.dropFirst(4)), .continuation, isCompressed: false),
      .text("plain"),
      Self.frame([0xF2, 0x00, 0x11, 0x00, 0x00]),
    ]
    let plain = try frames.map { try listener.plain($0) }
    #expect(plain[0].payload + plain[2].payload == Array("Hello".utf8))
    #expect(plain[0].reservedBits == 0)
    #expect(!plain[0].isFinal)
    #expect(plain[1] == frames[1])
    #expect(plain[3] == .text("plain"))
    #expect(plain[4] == .text("Hello"))
  }

  @Test func `what cannot be decompressed is shown as it is, and what depends on it`() throws {
    var listener = listener()
    let bad = Self.frame([0xFF, 0xFF])
    #expect(try listener.plain(bad) == bad)
    let after = Self.frame(CompressedMessageTests.hello)
    #expect(try listener.plain(after) == after)
    #expect(try listener.plain(.text("plain")) == .text("plain"))
  }

  @Test func `a frame that becomes too long is told`() throws {
    let deflater = Deflater(windowBits: 15, keepsContext: true, level: 9)
    let compressed = try #require(deflater.deflate([UInt8](repeating: 0, count: 5000)))
    var listener = listener(limit: 1000)
    #expect(throws: ProtocolViolation.messageTooLong(1001, limit: 1000)) {
      try listener.plain(Self.frame(compressed, .binary))
    }
  }
}
