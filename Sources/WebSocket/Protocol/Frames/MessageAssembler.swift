/// Puts the data frames of a message together.
///
/// Text is checked as it arrives, so a bad byte is found before the rest of its frame was read.
/// The first frame's reserved bits stay with the message: an extension that transforms payloads
/// (RFC 7692 sets RSV1) is told per message whether it was used, and the place to undo it is
/// where bytes are appended, before the text check.
///
/// Spec: RFC 6455 §5.4 (fragmentation), §5.6 (data frames), §8.1 (UTF-8), §10.4 (limits).
struct MessageAssembler: Sendable {
  /// The longest message, in bytes.
  var maximumMessageBytes: Int
  /// The kind of the message that has begun; nil between messages.
  private(set) var kind: Message.Kind?
  /// The reserved bits of the message's first frame; RSV1 is 4.
  private(set) var reservedBits: UInt8 = 0
  private var payload: [UInt8] = []
  private var validator = UTF8Validator()
  private var isFinalFrame = false

  /// The most room that a header's word alone makes us reserve, in bytes.
  private static let maximumReservation = 65_536

  init(maximumMessageBytes: Int) {
    self.maximumMessageBytes = maximumMessageBytes
  }

  /// A data frame begins.
  mutating func begin(_ opcode: Opcode, _ header: FrameHeader) throws(ProtocolViolation) {
    if opcode == .continuation {
      guard kind != nil else { throw .continuationWithoutStart }
      // Only the first frame of a message carries an extension's bits (RFC 7692 §6.1).
      guard header.reservedBits == 0 else { throw .reservedBits(header.reservedBits) }
    } else {
      guard kind == nil else { throw .messageInterrupted(by: opcode) }
      kind = opcode == .text ? .text : .binary
      reservedBits = header.reservedBits
    }
    isFinalFrame = header.isFinal
    let (total, overflow) = header.payloadByteCount.addingReportingOverflow(UInt64(payload.count))
    guard !overflow, total <= UInt64(maximumMessageBytes) else {
      throw .messageTooLong(overflow ? .max : total, limit: maximumMessageBytes)
    }
    if payload.isEmpty { payload.reserveCapacity(min(Int(total), Self.maximumReservation)) }
  }

  /// Bytes of the frame's payload arrived, `offset` bytes of it before them.
  mutating func append(
    _ bytes: RawSpan,
    key: MaskingKey?,
    offset: Int
  ) throws(ProtocolViolation) {
    let start = payload.count
    payload.append(bytes, unmaskedWith: key, offset: offset)
    guard kind == .text else { return }
    let bad = payload.withUnsafeBytes { all in
      validator.firstInvalid(in: UnsafeRawBufferPointer(rebasing: all[start...]))
    }
    if let bad { throw .invalidUTF8(byteOffset: start + bad) }
  }

  /// The frame is complete.
  ///
  /// - Returns: The message when this was its last frame.
  mutating func end() throws(ProtocolViolation) -> Message? {
    guard isFinalFrame, let kind else { return nil }
    guard kind == .binary || validator.isAtBoundary else {
      throw .invalidUTF8(byteOffset: payload.count)
    }
    let message = Message(kind: kind, payload: payload)
    self.kind = nil
    payload = []
    return message
  }
}
