import Testing

@testable import WebSocket

/// Compressed messages as bytes of the wire, without a socket.
struct CompressedMessageTests {
  /// The compressed `Hello` of RFC 7692 §7.2.3.1.
  static let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]

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

  /// Reads as a server does.
  private static func events(
    _ frames: [Frame],
    limits: MessageLimits = MessageLimits(),
    _ change: (inout DeflateParameters) -> Void = { _ in }
  ) -> [ConnectionRules.Event] {
    var parameters = DeflateParameters()
    change(&parameters)
    var whole = ConnectionRules(role: .server, limits: limits, compression: parameters)
    let bytes = frames.flatMap(\.masked)
    let events = whole.events(in: bytes)
    for size in [1, 3, 7] {
      var inPieces = ConnectionRules(role: .server, limits: limits, compression: parameters)
      let same = bytes.pieces(of: size).flatMap { inPieces.events(in: $0) }
      #expect(same == events, "in pieces of \(size)")
    }
    return events
  }

  struct Example: CustomTestStringConvertible {
    let frames: [Frame]
    let events: [ConnectionRules.Event]
    let why: String
    var testDescription: String { why }
  }

  static let examples = [
    Example(frames: [frame(hello)], events: [.message(.text("Hello"))], why: "7.2.3.1: one block"),
    Example(
      frames: [
        frame(Array(hello.prefix(3)), isFinal: false),
        frame(Array(hello.dropFirst(3)), .continuation, isCompressed: false),
      ],
      events: [.message(.text("Hello"))],
      why: "7.2.3.1: two fragments, RSV1 on the first"
    ),
    Example(
      frames: [frame(hello), frame([0xF2, 0x00, 0x11, 0x00, 0x00])],
      events: [.message(.text("Hello")), .message(.text("Hello"))],
      why: "7.2.3.2: the window of the message before"
    ),
    Example(
      frames: [frame([0x00, 0x05, 0x00, 0xFA, 0xFF] + Array("Hello".utf8) + [0x00])],
      events: [.message(.text("Hello"))],
      why: "7.2.3.3: a block without compression"
    ),
    Example(
      frames: [frame([0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00])],
      events: [.message(.text("Hello"))],
      why: "7.2.3.4: a block that calls itself the last"
    ),
    Example(
      frames: [
        frame([0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]),
        frame([0xF2, 0x00, 0x11, 0x00, 0x00]),
      ],
      events: [.message(.text("Hello")), .message(.text("Hello"))],
      why: "7.2.3.4: the window outlives such a block"
    ),
    Example(
      frames: [
        frame([0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00])
      ],
      events: [.message(.text("Hello"))],
      why: "7.2.3.5: two blocks"
    ),
    Example(
      frames: [frame([0x00])],
      events: [.message(.text(""))],
      why: "7.2.3.6: an empty message"
    ),
    Example(
      frames: [
        frame(hello), frame(Array("plain".utf8), isCompressed: false),
        frame([0xF2, 0x00, 0x11, 0x00, 0x00], .binary),
      ],
      events: [
        .message(.text("Hello")), .message(.text("plain")),
        .message(.binary(Array("Hello".utf8))),
      ],
      why: "6: compressed and plain messages mixed"
    ),
    Example(
      frames: [
        frame(Array(hello.prefix(3)), isFinal: false), Frame(.ping, payload: [1]),
        frame(Array(hello.dropFirst(3)), .continuation, isCompressed: false),
      ],
      events: [.ping([1]), .message(.text("Hello"))],
      why: "6.1: a control frame between, never compressed"
    ),
    Example(
      frames: [
        frame(Array(hello.prefix(3)), isFinal: false),
        frame(Array(hello.dropFirst(3)), .continuation),
      ],
      events: [.violation(.reservedBitsMisplaced(4, .continuation))],
      why: "6.1: RSV1 on another frame than the first"
    ),
    Example(
      frames: [frame([1], .ping)],
      events: [.violation(.reservedBitsMisplaced(4, .ping))],
      why: "6.1: RSV1 on a control frame"
    ),
    Example(
      frames: [Frame(opcode: 1, payload: hello, reservedBits: 6)],
      events: [.violation(.reservedBits(2))],
      why: "RSV2 has no meaning next to it (RFC 6455 section 5.2)"
    ),
    Example(
      frames: [frame([0xFF, 0xFF])],
      events: [.violation(.malformedCompression(byteOffset: 0))],
      why: "7.2.2: no such block"
    ),
    Example(
      frames: [frame(Array(hello.dropLast(3)))],
      events: [.violation(.malformedCompression(byteOffset: 4))],
      why: "7.2.2: a message that ends inside a block"
    ),
    Example(
      frames: [frame([0xF2, 0x00, 0x11, 0x00, 0x00])],
      events: [.violation(.malformedCompression(byteOffset: 1))],
      why: "7.2.2: a reference to what was not there"
    ),
    Example(
      frames: [frame([0x00, 0x02, 0x00, 0xFD, 0xFF, 0x41, 0xFF, 0x00])],
      events: [.violation(.invalidUTF8(byteOffset: 1))],
      why: "text is checked when it is decompressed (RFC 6455 section 8.1)"
    ),
    Example(
      frames: [frame([0x00, 0x02, 0x00, 0xFD, 0xFF, 0x41, 0xFF, 0xFF])],
      events: [.violation(.invalidUTF8(byteOffset: 1))],
      why: "the first of two things that are wrong counts"
    ),
    Example(
      frames: [frame([0x00, 0x01, 0x00, 0xFE, 0xFF, 0xC3, 0x00])],
      events: [.violation(.invalidUTF8(byteOffset: 1))],
      why: "text that ends inside a character (RFC 6455 section 8.1)"
    ),
  ]

  @Test(arguments: examples)
  func `what compressed frames mean does not depend on how they arrive`(example: Example) {
    let events = Self.events(example.frames)
    #expect(events == example.events)
  }

  @Test func `a window that is not kept is empty for the next message (7_1_1)`() {
    let second = Self.frame([0xF2, 0x00, 0x11, 0x00, 0x00])
    let events = Self.events([Self.frame(Self.hello), second]) { $0.clientNoContextTakeover = true }
    #expect(events.first == .message(.text("Hello")))
    #expect(events.last == .violation(.malformedCompression(byteOffset: 1)))
    // The other side's parameter has no part in it.
    let kept = Self.events([Self.frame(Self.hello), second]) { $0.serverNoContextTakeover = true }
    #expect(kept.last == .message(.text("Hello")))
  }

  @Test func `RSV1 has no meaning where nothing was agreed (6)`() {
    var rules = ConnectionRules(role: .server, limits: MessageLimits())
    let events = rules.events(in: Self.frame(Self.hello).masked)
    #expect(events == [.violation(.reservedBits(4))])
  }

  // MARK: Both ways

  struct Agreement: CustomTestStringConvertible {
    let bits: Int
    let keepsContext: Bool
    var testDescription: String { "\(bits) bits, \(keepsContext ? "kept" : "emptied")" }

    var parameters: DeflateParameters {
      var parameters = DeflateParameters()
      parameters.serverMaxWindowBits = bits
      parameters.clientMaxWindowBits = bits
      parameters.serverNoContextTakeover = !keepsContext
      parameters.clientNoContextTakeover = !keepsContext
      return parameters
    }
  }

  static let agreements = (8...15).flatMap { bits in
    [true, false].map { Agreement(bits: bits, keepsContext: $0) }
  }

  @Test(arguments: agreements)
  func `what one side compresses the other one reads, with every window`(agreement: Agreement) {
    for role in [Role.client, .server] {
      var writer = ConnectionRules(
        role: role,
        limits: MessageLimits(),
        compression: agreement.parameters
      )
      var reader = ConnectionRules(
        role: role == .client ? .server : .client,
        limits: MessageLimits(),
        compression: agreement.parameters
      )
      var random = SeededGenerator(seed: UInt64(agreement.bits))
      for _ in 0..<40 {
        let message = Self.message(&random)
        let (header, payload) = writer.frame(for: message)
        let isCompressed = header.reservedBits == 4
        #expect(isCompressed == (agreement.bits > 8 && !message.payload.isEmpty))
        let frame = Frame(
          opcode: header.opcode,
          payload: payload,
          reservedBits: header.reservedBits
        )
        let events = reader.events(in: frame.serialized(maskedWith: header.maskingKey))
        #expect(events == [.message(message)])
      }
    }
  }

  /// Text that repeats itself over up to 100 kB, or bytes that do not repeat.
  private static func message(_ random: inout SeededGenerator) -> Message {
    let count = Int.random(in: 0...5, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      return .binary((0..<count * 977).map { _ in UInt8.random(in: 0...255, using: &random) })
    case 1: return .text(String(repeating: "κόσμε \(count) ", count: count * 1500))
    default: return .text((0..<count * 20).map { "{\"id\":\($0)}" }.joined(separator: ","))
    }
  }

  @Test func `a message is smaller when the one before it was the same`() {
    var rules = ConnectionRules(
      role: .server,
      limits: MessageLimits(),
      compression: DeflateParameters()
    )
    let message = Message.text("a message about something that is said again and again")
    let first = rules.frame(for: message).payload.count
    let second = rules.frame(for: message).payload.count
    #expect(first < message.payload.count)
    #expect(second < first / 2)
  }

  // MARK: Limits

  @Test func `a bomb is refused within the limit, whatever it would become`() throws {
    // A block of 258-byte repetitions: each further byte becomes about a thousand.
    let deflater = Deflater(windowBits: 15, keepsContext: true, level: 9)
    let part = try #require(deflater.deflate([UInt8](repeating: 0, count: 4 << 20)))
    #expect(part.count < 8192)
    let limits = MessageLimits(maximumFrameBytes: 1 << 20, maximumMessageBytes: 100_000)
    var rules = ConnectionRules(
      role: .server,
      limits: limits,
      compression: DeflateParameters()
    )
    // The parts follow each other as blocks of one message that would become a gigabyte.
    var events: [ConnectionRules.Event] = []
    for number in 0..<256 where events.isEmpty {
      let block = part + [0x00, 0x00, 0xFF, 0xFF]
      events = rules.events(
        in: Self.frame(
          block,
          number == 0 ? .binary : .continuation,
          isFinal: false,
          isCompressed: number == 0
        ).masked
      )
    }
    #expect(events == [.violation(.messageTooLong(100_001, limit: 100_000))])
    #expect(ProtocolViolation.messageTooLong(100_001, limit: 100_000).closeCode == .messageTooBig)
  }

  @Test func `a limit may be as large as there are numbers`() {
    let limits = MessageLimits(maximumFrameBytes: .max, maximumMessageBytes: .max)
    let events = Self.events([Self.frame(Self.hello)], limits: limits)
    #expect(events == [.message(.text("Hello"))])
  }

  @Test(arguments: [100_000, 100_001])
  func `a message may become exactly as long as the limit`(count: Int) throws {
    let deflater = Deflater(windowBits: 15, keepsContext: true, level: 6)
    let payload = [UInt8](repeating: 7, count: count)
    let compressed = try #require(deflater.deflate(payload))
    let events = Self.events(
      [Self.frame(compressed, .binary)],
      limits: MessageLimits(maximumFrameBytes: 1 << 20, maximumMessageBytes: 100_000)
    )
    let expected: ConnectionRules.Event =
      count > 100_000
      ? .violation(.messageTooLong(100_001, limit: 100_000)) : .message(.binary(payload))
    #expect(events == [expected])
  }

  @Test func `many last blocks in one message cost no copies of the window`() {
    // 03 00 is an empty block that calls itself the last one.
    let blocks = [UInt8](repeating: 0, count: 200_000).enumerated().map {
      $0.offset % 2 == 0 ? UInt8(3) : 0
    }
    let events = Self.events([Self.frame(blocks + [0x00], .binary)])
    #expect(events == [.message(.binary([]))])
  }
}
