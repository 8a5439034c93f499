/// Cuts a byte stream into frames, wherever the reads happened to end.
///
/// Judges nothing and keeps no payload: it tells where in the given bytes each part lies. What
/// it hands out is the same however the stream was cut into reads, except that payloads come in
/// as many parts.
///
/// Spec: RFC 6455 §5.2.
struct FrameParser: Sendable {
  /// One part of the stream.
  enum Part: Equatable, Sendable {
    /// A frame begins.
    case header(FrameHeader)
    /// Bytes of its payload; `offset` bytes of it came before.
    case payload(Range<Int>, offset: Int)
    /// The frame is complete.
    case end
  }

  private enum State {
    case header
    case payload(remaining: UInt64, offset: Int)
  }

  private var state = State.header
  /// The start of a header that the last read cut off.
  private var heldHeader: [UInt8] = []

  /// Whether the stream may end here: no frame has begun.
  var isBetweenFrames: Bool {
    if case .header = state { return heldHeader.isEmpty }
    return false
  }

  /// The next part of the stream.
  ///
  /// - Parameters:
  ///   - bytes: What was read.
  ///   - position: Where to go on in `bytes`; is moved past what was taken.
  /// - Returns: nil when every byte was taken and more are needed.
  mutating func next(in bytes: RawSpan, at position: inout Int) -> Part? {
    switch state {
    case .header:
      guard let header = nextHeader(in: bytes, at: &position) else { return nil }
      state = .payload(remaining: header.payloadByteCount, offset: 0)
      return .header(header)
    case .payload(let remaining, let offset):
      guard remaining > 0 else {
        state = .header
        return .end
      }
      let available = bytes.byteCount - position
      guard available > 0 else { return nil }
      let taken = remaining < UInt64(available) ? Int(remaining) : available
      let range = position..<position + taken
      position += taken
      state = .payload(remaining: remaining - UInt64(taken), offset: offset + taken)
      return .payload(range, offset: offset)
    }
  }

  private mutating func nextHeader(in bytes: RawSpan, at position: inout Int) -> FrameHeader? {
    if heldHeader.isEmpty {
      if let header = FrameHeader(parsing: bytes.extracting(position..<bytes.byteCount)) {
        position += header.byteCount
        return header
      }
      while position < bytes.byteCount {
        heldHeader.append(bytes.byte(position))
        position += 1
      }
      return nil
    }
    while position < bytes.byteCount {
      heldHeader.append(bytes.byte(position))
      position += 1
      if let header = FrameHeader(parsing: heldHeader.span.bytes) {
        heldHeader.removeAll(keepingCapacity: true)
        return header
      }
    }
    return nil
  }
}
