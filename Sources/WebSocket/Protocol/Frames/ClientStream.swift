/// What a client writes, read as a server has to read it, with how it was framed.
///
/// A value, so that whoever looks at recorded traffic can keep one for each connection. There is no
/// limit on lengths: that is each server's own affair.
///
/// Spec: RFC 6455 §5.
package struct ClientStream: Sendable {
  /// What the bytes said.
  package enum Element: Hashable, Sendable {
    /// A whole message.
    case message(Message, Framing)
    /// A control frame, also between the fragments of a message.
    case control(Opcode, [UInt8])
    /// The client broke a rule; nothing after it has a meaning.
    case violation(ProtocolViolation)
  }

  /// How the frames of a message lay.
  package struct Framing: Hashable, Sendable {
    /// How many frames carried it.
    package var frames = 0
    /// Whether one of several frames was empty.
    package var hasEmptyFrame = false
    /// Whether a control frame stood between them.
    package var hasControlBetween = false
    /// Whether a frame ended within a character.
    package var dividesCharacter = false
  }

  private var parser = FrameParser()
  private let rules: FrameRules
  private var header = FrameHeader(opcode: 0, payloadByteCount: 0)
  private var payload: [UInt8] = []
  private var kind: Message.Kind?
  private var message: [UInt8] = []
  private var validator = UTF8Validator()
  private var framing = Framing()
  private var isBroken = false

  /// Begins between frames.
  ///
  /// - Parameter permittedReservedBits: The bits that an extension gave a meaning to; RSV1 is 4.
  package init(permittedReservedBits: UInt8 = 0) {
    rules = FrameRules(
      role: .server,
      maximumFrameBytes: .max,
      permittedReservedBits: permittedReservedBits
    )
  }

  /// Whether a frame or message has begun and not ended.
  package var isMidway: Bool { kind != nil || !parser.isBetweenFrames }

  /// Reads on.
  ///
  /// - Returns: What the bytes complete; nothing more after a violation.
  package mutating func read(_ bytes: [UInt8]) -> [Element] {
    var elements: [Element] = []
    var position = 0
    do throws(ProtocolViolation) {
      while !isBroken, let part = parser.next(in: bytes.span.bytes, at: &position) {
        switch part {
        case .header(let header):
          try begin(header)
        case .payload(let range, let offset):
          let start = payload.count
          payload.append(
            bytes.span.bytes.extracting(range),
            unmaskedWith: header.maskingKey,
            offset: offset
          )
          try checkText(payload[start...])
        case .end:
          if let element = try end() { elements.append(element) }
        }
      }
    } catch {
      isBroken = true
      elements.append(.violation(error))
    }
    return elements
  }

  private mutating func begin(_ header: FrameHeader) throws(ProtocolViolation) {
    if let violation = rules.violation(in: header) { throw violation }
    guard let opcode = Opcode(rawValue: header.opcode) else {
      throw .reservedOpcode(header.opcode)
    }
    self.header = header
    payload = []
    guard !opcode.isControl else { return }
    if opcode == .continuation {
      guard kind != nil else { throw .continuationWithoutStart }
    } else {
      guard kind == nil else { throw .messageInterrupted(by: opcode) }
      kind = opcode == .text ? .text : .binary
      message = []
      validator = UTF8Validator()
      framing = Framing()
    }
  }

  private mutating func checkText(_ bytes: ArraySlice<UInt8>) throws(ProtocolViolation) {
    guard kind == .text, let opcode = Opcode(rawValue: header.opcode), !opcode.isControl else {
      return
    }
    let bad = bytes.withUnsafeBytes { validator.firstInvalid(in: $0) }
    if let bad {
      throw .invalidUTF8(byteOffset: message.count + bytes.startIndex + bad)
    }
  }

  private mutating func end() throws(ProtocolViolation) -> Element? {
    guard let opcode = Opcode(rawValue: header.opcode), !opcode.isControl, let kind else {
      if kind != nil { framing.hasControlBetween = true }
      let opcode = Opcode(rawValue: header.opcode) ?? .close
      if opcode == .close { _ = try ClosePayload(parsing: payload) }
      return .control(opcode, payload)
    }
    message += payload
    framing.frames += 1
    if payload.isEmpty { framing.hasEmptyFrame = true }
    guard header.isFinal else {
      if !validator.isAtBoundary { framing.dividesCharacter = true }
      return nil
    }
    guard kind == .binary || validator.isAtBoundary else {
      throw .invalidUTF8(byteOffset: message.count)
    }
    self.kind = nil
    return .message(Message(kind: kind, payload: message), framing)
  }
}
