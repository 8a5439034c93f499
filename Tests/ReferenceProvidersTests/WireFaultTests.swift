import ReferenceProviders
import Testing
import WebSocket

struct WireFaultTests {
  /// Frames of the client and what becomes of the last of them, with the bug.
  struct Example: CustomTestStringConvertible {
    let bug: DeskBug
    let frames: [Frame]
    let isMasked: Bool
    let action: WireFault.Action
    var testDescription: String { bug.rawValue }

    init(_ bug: DeskBug, _ frames: [Frame], isMasked: Bool = true, _ action: WireFault.Action) {
      self.bug = bug
      self.frames = frames
      self.isMasked = isMasked
      self.action = action
    }
  }

  private static let text = Frame(.text, payload: Array("{}".utf8))
  private static let reserved = Frame(opcode: 1, payload: [0x7B], reservedBits: 2)

  static let examples = [
    Example(.unmaskedAccepted, [text], isMasked: false, .replace(text)),
    Example(.reservedBitsAccepted, [reserved], .replace(Frame(.text, payload: [0x7B]))),
    Example(.pingNotAnswered, [Frame(.ping)], .swallow),
    Example(.fragmentsDrop, [Frame(.text, payload: [0x7B], isFinal: false)], .drop),
    Example(
      .splitCharacterCloses,
      [Frame(.text, payload: [0x22, 0xC3], isFinal: false)],
      .close(.invalidPayload)
    ),
    Example(
      .pingLosesFragments,
      [Frame(.text, payload: [0x7B], isFinal: false), Frame(.ping), Frame(.continuation)],
      .replace(Frame(.continuation))
    ),
    Example(
      .badTextReplaced,
      [Frame(.text, payload: [0x22, 0xFF, 0x22])],
      .replace(Frame(.text, payload: Array("\"\u{FFFD}\"".utf8)))
    ),
  ]

  @Test(arguments: examples)
  func `a bug on the wire changes the frames that it is about`(example: Example) throws {
    var fault = WireFault(example.bug)
    var last = WireFault.Action.pass
    for frame in example.frames {
      #expect(last == .pass)
      last = fault.fromClient(frame, isMasked: example.isMasked)
    }
    #expect(last == example.action)
  }

  @Test(arguments: DeskBug.allCases.filter(\.isOnWire))
  func `plain messages pass a bug on the wire`(bug: DeskBug) {
    var fault = WireFault(bug)
    #expect(fault.fromClient(Self.text, isMasked: true) == .pass)
    #expect(fault.fromServer(Self.text) == .pass)
  }

  @Test func `a close frame of the server passes, its answer to one does not`() {
    var fault = WireFault(.closeNotAnswered)
    #expect(fault.fromServer(Frame(.close)) == .pass)
    #expect(fault.fromClient(Frame(.close), isMasked: true) == .pass)
    #expect(fault.fromServer(Frame(.close)) == .swallow)
  }

  @Test func `pongs lose their payload`() {
    var fault = WireFault(.pongWithoutPayload)
    #expect(fault.fromServer(Frame(.pong, payload: [1])) == .replace(Frame(.pong)))
  }

  @Test(arguments: [1, 3, 1_000])
  func `a stream is cut into its head and its frames, however it is read`(size: Int) throws {
    let head = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    let key = MaskingKey(1, 2, 3, 4)
    let ping = Frame(.ping, payload: [9])
    let bytes = head + Self.text.serialized(maskedWith: key) + ping.serialized(maskedWith: nil)
    var stream = FrameStream()
    var parts: [FrameStream.Part] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      parts += stream.parts(with: Array(bytes[start..<min(start + size, bytes.count)]))
    }
    #expect(
      parts == [
        .bytes(head),
        .frame(Self.text, isMasked: true, bytes: Self.text.serialized(maskedWith: key)),
        .frame(ping, isMasked: false, bytes: ping.serialized(maskedWith: nil)),
      ]
    )
  }
}
