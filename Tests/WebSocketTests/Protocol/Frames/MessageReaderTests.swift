import Testing

@testable import WebSocket

struct MessageReaderTests {
  struct Example: CustomTestStringConvertible {
    let frames: [Frame]
    let expected: [MessageReader.Element]
    let why: String
    var testDescription: String { why }
  }

  static let examples = [
    Example(frames: [.text("Hello")], expected: [.message(.text("Hello"))], why: "one frame"),
    Example(frames: [.text("")], expected: [.message(.text(""))], why: "an empty message"),
    Example(
      frames: [.text("Hel", isFinal: false), .continuation("lo")],
      expected: [.message(.text("Hello"))],
      why: "two fragments (section 5.4)"
    ),
    Example(
      frames: [
        .text("", isFinal: false), .continuation("", isFinal: false), .continuation(""),
      ],
      expected: [.message(.text(""))],
      why: "three empty fragments (5.4)"
    ),
    Example(
      frames: [
        .text("Hel", isFinal: false), Frame(.ping, payload: [1]), .continuation("lo"),
        .text("next"),
      ],
      expected: [.control(.ping, [1]), .message(.text("Hello")), .message(.text("next"))],
      why: "a ping between fragments (5.4, 5.5)"
    ),
    Example(
      frames: [Frame(.binary, payload: [0xFF, 0xFE])],
      expected: [.message(.binary([0xFF, 0xFE]))],
      why: "binary is not checked (5.6)"
    ),
    Example(
      frames: [
        Frame(.text, payload: [0xF0, 0x9F], isFinal: false),
        Frame(.continuation, payload: [0x99, 0x82]),
      ],
      expected: [.message(.text("🙂"))],
      why: "a character over two fragments (5.6)"
    ),
    Example(
      frames: [.continuation("lo")],
      expected: [.violation(.continuationWithoutStart)],
      why: "nothing to continue (5.4)"
    ),
    Example(
      frames: [.text("a", isFinal: false), .text("b")],
      expected: [.violation(.messageInterrupted(by: .text))],
      why: "a message in a message (5.4)"
    ),
    Example(
      frames: [.text("a", isFinal: false), Frame(.binary, payload: [])],
      expected: [.violation(.messageInterrupted(by: .binary))],
      why: "binary in text (5.4)"
    ),
    Example(
      frames: [Frame(.text, payload: [0x61, 0xFF, 0x61]), .text("after")],
      expected: [.violation(.invalidUTF8(byteOffset: 1))],
      why: "bad text, and nothing is read after it (8.1)"
    ),
    Example(
      frames: [Frame(.text, payload: [0xE2, 0x82])],
      expected: [.violation(.invalidUTF8(byteOffset: 2))],
      why: "text that stops too early (8.1)"
    ),
    Example(
      frames: [Frame(.ping), Frame(.pong, payload: [2]), .close(1000, "bye")],
      expected: [
        .control(.ping, []), .control(.pong, [2]),
        .control(.close, [0x03, 0xE8] + Array("bye".utf8)),
      ],
      why: "the control frames (5.5)"
    ),
  ]

  @Test(arguments: examples, [1, 2, 3, 7, Int.max])
  func `frames become messages however the stream is cut`(example: Example, size: Int) {
    let bytes = example.frames.flatMap(\.masked)
    #expect(elements(of: bytes, inPiecesOf: size) == example.expected)
    let plain = example.frames.flatMap(\.plain)
    #expect(elements(of: plain, inPiecesOf: size, role: .client) == example.expected)
  }

  @Test func `bad text is found before the rest of its frame has come`() {
    var reader = MessageReader(role: .server, limits: MessageLimits())
    let bytes = Frame(.text, payload: [0xFF] + [UInt8](repeating: 0x61, count: 100_000)).masked
    #expect(
      reader.elements(of: Array(bytes.prefix(30))) == [.violation(.invalidUTF8(byteOffset: 0))]
    )
  }

  @Test func `a message is as long as the limit, with all its fragments`() {
    let limits = MessageLimits(maximumFrameBytes: 4, maximumMessageBytes: 6)
    let good: [Frame] = [.text("abcd", isFinal: false), .continuation("ef")]
    #expect(
      elements(of: good.flatMap(\.masked), limits: limits) == [.message(.text("abcdef"))]
    )
    let bad: [Frame] = [.text("abcd", isFinal: false), .continuation("efg")]
    #expect(
      elements(of: bad.flatMap(\.masked), limits: limits)
        == [.violation(.messageTooLong(7, limit: 6))]
    )
    #expect(
      elements(of: Frame.text("abcde").masked, limits: limits)
        == [.violation(.frameTooLong(5, limit: 4))]
    )
  }

  @Test func `a stated length alone takes no memory`() {
    let header = FrameHeader(
      opcode: 2,
      maskingKey: MaskingKey(word: 0),
      payloadByteCount: 1 << 40
    )
    let limits = MessageLimits(maximumFrameBytes: .max, maximumMessageBytes: .max)
    #expect(elements(of: header.bytes + [1, 2, 3], limits: limits).isEmpty)
  }

  @Test func `lengths of fragments do not overflow`() {
    let key = MaskingKey(word: 0)
    let first = Frame(.binary, payload: [1, 2], isFinal: false).masked
    let header = FrameHeader(
      opcode: 0,
      maskingKey: key,
      payloadByteCount: UInt64(Int64.max)
    )
    let limits = MessageLimits(maximumFrameBytes: .max, maximumMessageBytes: .max)
    let found = elements(of: first + header.bytes, limits: limits)
    #expect(found == [.violation(.messageTooLong(UInt64(Int64.max) + 2, limit: .max))])
  }
}
