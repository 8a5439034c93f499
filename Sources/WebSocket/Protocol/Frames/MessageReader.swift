/// Turns the peer's bytes into messages and control frames, and judges them on the way.
///
/// After the first violation it takes nothing more: what follows in the stream has no meaning.
///
/// Spec: RFC 6455 §5, §6.2.
struct MessageReader {
  /// What the bytes said.
  enum Element: Equatable, Sendable {
    /// A whole message.
    case message(Message)
    /// A control frame, also between the fragments of a message.
    case control(Opcode, [UInt8])
    /// The peer broke a rule; always the last element.
    case violation(ProtocolViolation)
  }

  private var parser = FrameParser()
  private var rules: FrameRules
  private var assembler: MessageAssembler
  private var opcode = Opcode.continuation
  private var key: MaskingKey?
  private var control: [UInt8] = []
  private var isBroken = false

  /// Makes a reader for one side of a connection.
  ///
  /// - Parameters:
  ///   - role: The side that reads.
  ///   - limits: How much one frame and one message may hold.
  ///   - inflater: Undoes the compression that was agreed; nil when none was.
  init(role: Role, limits: MessageLimits, inflater: Inflater? = nil) {
    rules = FrameRules(
      role: role,
      maximumFrameBytes: limits.maximumFrameBytes,
      permittedReservedBits: inflater == nil ? 0 : FrameInflater.compressedBit
    )
    assembler = MessageAssembler(
      maximumMessageBytes: limits.maximumMessageBytes,
      inflater: inflater
    )
  }

  /// Whether a message has begun whose last frame has not ended.
  var isWithinMessage: Bool { assembler.kind != nil }

  /// Whether more bytes have to come before what was read is complete.
  var isMidway: Bool { isWithinMessage || !parser.isBetweenFrames }

  /// The next element in the bytes.
  ///
  /// - Parameters:
  ///   - bytes: What was read.
  ///   - position: Where to go on in `bytes`; is moved past what was taken.
  /// - Returns: nil when the bytes end before the next element does.
  mutating func next(in bytes: RawSpan, at position: inout Int) -> Element? {
    guard !isBroken else {
      position = bytes.byteCount
      return nil
    }
    do throws(ProtocolViolation) {
      while let part = parser.next(in: bytes, at: &position) {
        switch part {
        case .header(let header):
          try begin(header)
        case .payload(let range, let offset):
          try append(bytes.extracting(range), offset: offset)
        case .end:
          if let element = try end() { return element }
        }
      }
      return nil
    } catch {
      isBroken = true
      position = bytes.byteCount
      return .violation(error)
    }
  }

  /// Takes nothing more, as after a violation.
  mutating func stop() {
    isBroken = true
  }

  private mutating func begin(_ header: FrameHeader) throws(ProtocolViolation) {
    if let broken = rules.violation(in: header) { throw broken }
    guard let known = Opcode(rawValue: header.opcode) else {
      throw .reservedOpcode(header.opcode)
    }
    opcode = known
    key = header.maskingKey
    if known.isControl {
      control = []
    } else {
      try assembler.begin(known, header)
    }
  }

  private mutating func append(_ bytes: RawSpan, offset: Int) throws(ProtocolViolation) {
    if opcode.isControl {
      control.append(bytes, unmaskedWith: key, offset: offset)
    } else {
      try assembler.append(bytes, key: key, offset: offset)
    }
  }

  private mutating func end() throws(ProtocolViolation) -> Element? {
    if opcode.isControl { return .control(opcode, control) }
    return try assembler.end().map { .message($0) }
  }
}
