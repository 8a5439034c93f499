/// Puts the data frames of a message together.
///
/// Text is checked as it arrives, so a bad byte is found before the rest of its frame was read.
/// A compressed message is decompressed as it arrives, too, and never becomes longer than the
/// limit.
///
/// Spec: RFC 6455 §5.4 (fragmentation), §5.6 (data frames), §8.1 (UTF-8), §10.4 (limits);
/// RFC 7692 §6.2 (receiving).
struct MessageAssembler {
  /// The longest message, in bytes.
  var maximumMessageBytes: Int
  /// The kind of the message that has begun; nil between messages.
  private(set) var kind: Message.Kind?
  /// Undoes the compression; nil when none was agreed.
  private let inflater: Inflater?
  /// Whether the first frame of the message had RSV1 (RFC 7692 §6).
  private var isCompressed = false
  private var payload: [UInt8] = []
  private var validator = UTF8Validator()
  private var isFinalFrame = false

  /// The most room that a header's word alone makes us reserve, in bytes.
  private static let maximumReservation = 65_536

  init(maximumMessageBytes: Int, inflater: Inflater? = nil) {
    self.maximumMessageBytes = maximumMessageBytes
    self.inflater = inflater
  }

  /// A data frame begins.
  mutating func begin(_ opcode: Opcode, _ header: FrameHeader) throws(ProtocolViolation) {
    if opcode == .continuation {
      guard kind != nil else { throw .continuationWithoutStart }
      // Only the first frame of a message carries an extension's bits (RFC 7692 §6.1).
      guard header.reservedBits == 0 else {
        throw .reservedBitsMisplaced(header.reservedBits, .continuation)
      }
    } else {
      guard kind == nil else { throw .messageInterrupted(by: opcode) }
      kind = opcode == .text ? .text : .binary
      isCompressed = header.reservedBits & FrameInflater.compressedBit != 0
    }
    isFinalFrame = header.isFinal
    // How long a compressed message is shows when it is decompressed.
    if isCompressed { return }
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
    if isCompressed, let inflater {
      var compressed: [UInt8] = []
      compressed.append(bytes, unmaskedWith: key, offset: offset)
      do throws(ProtocolViolation) {
        try inflater.inflate(compressed, into: &payload, limit: maximumMessageBytes)
      } catch {
        // What came before the bad block may be bad, too, and counts first.
        try checkText(from: start)
        throw error
      }
    } else {
      payload.append(bytes, unmaskedWith: key, offset: offset)
    }
    try checkText(from: start)
  }

  /// Checks what has been added to a text.
  private mutating func checkText(from start: Int) throws(ProtocolViolation) {
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
    if isCompressed, let inflater {
      let start = payload.count
      try inflater.finishMessage(&payload, limit: maximumMessageBytes)
      try checkText(from: start)
    }
    guard kind == .binary || validator.isAtBoundary else {
      throw .invalidUTF8(byteOffset: payload.count)
    }
    let message = Message(kind: kind, payload: payload)
    self.kind = nil
    payload = []
    return message
  }
}
