import WebSocket

/// The last part of `make fuzz-self`: damaged streams of frames for the protocol, in both roles.
///
/// A crash ends the program. On the way it is compared that a stream means the same whole and in
/// pieces, that no message is longer than allowed, and that a text is UTF-8.
struct StreamFuzzing {
  /// Where all chance comes from.
  var seed: UInt64
  /// How many streams; each is read by a client and by a server.
  var count: Int
  /// The number of the first, to come back to one that was printed.
  var start: Int

  private static let limits = MessageLimits(maximumFrameBytes: 1_000, maximumMessageBytes: 1_500)

  /// Runs, and prints the rate and how much memory was needed.
  ///
  /// - Returns: Whether everything agreed.
  func run() -> Bool {
    print("streams of frames: \(count) from seed \(seed), each as client and as server")
    let begin = Measurement.processorTime
    var problems: [String] = []
    var events = 0
    for number in start..<start + count {
      var mutator = Mutator(
        seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number),
        seeds: Self.streams,
        tokens: Self.tokens
      )
      let stream = mutator.next()
      let compression = number.isMultiple(of: 2) ? DeflateParameters() : nil
      for role in [Role.client, .server] {
        let whole = Self.events(of: stream, inPiecesOf: .max, role, compression)
        let size = 1 + number % 37
        let same = Self.events(of: stream, inPiecesOf: size, role, compression)
        events += whole.count
        guard let problem = whole == same ? Self.problem(in: whole) : "pieces differ from whole"
        else { continue }
        problems.append("\(number) --count 1, \(role): \(problem): \(stream)")
      }
    }
    let seconds = Measurement.processorTime - begin
    Measurement.report("events understood", Measurement.grouped(Double(events)))
    Measurement.report("rate", "\(Measurement.grouped(Double(count) / seconds)) streams/s")
    Measurement.report("most memory ever used", ResidentMemory.peak)
    for problem in problems.prefix(20) {
      print("  disagreement at --seed \(seed) --start \(problem)")
    }
    return problems.isEmpty
  }

  private static func events(
    of stream: [UInt8],
    inPiecesOf size: Int,
    _ role: Role,
    _ compression: DeflateParameters?
  ) -> [ConnectionRules.Event] {
    var rules = ConnectionRules(
      role: role,
      limits: limits,
      keys: MaskingKeyGenerator(seed: 1),
      compression: compression
    )
    var found: [ConnectionRules.Event] = []
    var taken = 0
    while taken < stream.count {
      let piece = stream[taken..<min(stream.count, taken + min(size, stream.count))]
      var position = 0
      let bytes = piece.span.bytes
      while let event = rules.next(in: bytes, at: &position) { found.append(event) }
      precondition(position == piece.count, "\(position) of \(piece.count) bytes were taken")
      taken += piece.count
    }
    return found
  }

  private static func problem(in events: [ConnectionRules.Event]) -> String? {
    for event in events {
      guard case .message(let message) = event else { continue }
      if message.payload.count > limits.maximumMessageBytes { return "a message is too long" }
      if message.kind == .text, String(validating: message.payload, as: UTF8.self) == nil {
        return "a text is not UTF-8"
      }
    }
    return nil
  }

  /// Good streams, every second one as a client sends it.
  private static let streams: [[UInt8]] = conversations.flatMap { frames in
    [frames.flatMap { $0.serialized(maskedWith: nil) }]
      + [frames.flatMap { $0.serialized(maskedWith: MaskingKey(0x37, 0xFA, 0x21, 0x3D)) }]
  }

  private static let conversations: [[Frame]] = [
    [Frame(.text, payload: Array("Hello, κόσμε 🙂".utf8))],
    [
      Frame(.text, payload: Array("Hel".utf8), isFinal: false), Frame(.ping, payload: [1, 2]),
      Frame(.continuation, payload: Array("lo".utf8)), Frame(.pong),
    ],
    [Frame(.binary, payload: [UInt8](repeating: 0x5A, count: 200)), Frame(.close)],
    [Frame(.binary, payload: [UInt8](repeating: 1, count: 900), isFinal: false)]
      + [Frame(.continuation, payload: [UInt8](repeating: 2, count: 600))],
    [Frame(.close, payload: [0x03, 0xE8] + Array("bye".utf8))],
    // The examples of RFC 7692 §7.2.3: one message, two that share a window, a block without
    // compression, a final block.
    [
      Frame(opcode: 1, payload: [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], reservedBits: 4),
      Frame(opcode: 1, payload: [0xF2, 0x00, 0x11, 0x00, 0x00], reservedBits: 4),
    ],
    [
      Frame(
        opcode: 1,
        payload: [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
        reservedBits: 4
      )
    ],
    [
      Frame(opcode: 2, payload: [0xF3, 0x48, 0xCD], isFinal: false, reservedBits: 4),
      Frame(.continuation, payload: [0xC9, 0xC9, 0x07, 0x00, 0x00]),
    ],
  ]

  /// Headers and pieces that mean something to the reader.
  private static let tokens: [[UInt8]] = [
    [0x81, 0x05], [0x01, 0x80], [0x80, 0x00], [0x89, 0x00], [0x88, 0x02, 0x03, 0xE8], [0xC1, 0x07],
    [0x82, 0x7E, 0x01, 0x00], [0x82, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF], [0x00], [0x7F], [0x80],
    [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x99, 0x82], [0xC0, 0xAF], [0x00, 0x00, 0xFF, 0xFF],
    [0x83, 0x00], [0xF1, 0x00],
  ]
}
