/// Listens to one direction of a conversation that passes by, and judges nothing in it.
///
/// Whatever is sent is shown as it is: reserved bits, unknown opcodes, fragments, text that is no
/// UTF-8. Only a frame that is longer than the limit cannot be shown.
///
/// Spec: RFC 6455 §5.2.
struct FrameTap: Sendable {
  /// What was heard.
  enum Element: Equatable, Sendable {
    /// A whole frame, its payload unmasked.
    case frame(Frame)
    /// The header of a frame that is too long; nothing after it is heard.
    case oversized(UInt64)
  }

  private let maximumFrameBytes: Int
  private var parser = FrameParser()
  private var header = FrameHeader(opcode: 0, payloadByteCount: 0)
  private var payload: [UInt8] = []
  private var isDeaf = false

  init(maximumFrameBytes: Int) {
    self.maximumFrameBytes = maximumFrameBytes
  }

  /// Whether a frame of somebody else could be put in here.
  var isBetweenFrames: Bool { !isDeaf && parser.isBetweenFrames }

  /// The next element in the bytes.
  ///
  /// - Parameters:
  ///   - bytes: What passes by.
  ///   - position: Where to go on in `bytes`; is moved past what was heard.
  /// - Returns: nil when the bytes end before the next element does.
  mutating func next(in bytes: RawSpan, at position: inout Int) -> Element? {
    while !isDeaf, let part = parser.next(in: bytes, at: &position) {
      switch part {
      case .header(let header):
        guard header.payloadByteCount <= UInt64(maximumFrameBytes) else {
          isDeaf = true
          return .oversized(header.payloadByteCount)
        }
        self.header = header
        payload = []
        payload.reserveCapacity(min(Int(header.payloadByteCount), 65_536))
      case .payload(let range, let offset):
        payload.append(
          bytes.extracting(range),
          unmaskedWith: header.maskingKey,
          offset: offset
        )
      case .end:
        return .frame(
          Frame(
            opcode: header.opcode,
            payload: payload,
            isFinal: header.isFinal,
            reservedBits: header.reservedBits
          )
        )
      }
    }
    return nil
  }
}
