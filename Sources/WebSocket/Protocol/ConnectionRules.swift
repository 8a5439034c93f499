/// A whole connection after its opening handshake, as one side plays it: bytes in, what they
/// mean and what to do about it out.
///
/// Spec: RFC 6455 §5, §6, §7; RFC 7692 §6.
package struct ConnectionRules {
  /// What the peer's bytes mean.
  package enum Event: Equatable, Sendable {
    /// A whole message.
    case message(Message)
    /// A ping; the rules ask for a pong with the same payload (§5.5.3).
    case ping([UInt8])
    /// A pong, asked for or not.
    case pong([UInt8])
    /// The peer's close frame came; this is to be done.
    case closing(ClosingHandshake.Action)
    /// The peer broke a rule; ``ConnectionRules/fail(_:)`` tells what to do, and nothing more comes.
    case violation(ProtocolViolation)

    /// Whether the event is about the connection's end.
    var isEnd: Bool {
      switch self {
      case .closing, .violation: true
      case .message, .ping, .pong: false
      }
    }
  }

  /// The side that this is.
  package let role: Role
  private var reader: MessageReader
  private(set) var closing = ClosingHandshake()
  private var keys: MaskingKeyGenerator
  private let deflater: Deflater?

  /// Starts an open connection.
  ///
  /// - Parameters:
  ///   - role: Which side this is.
  ///   - limits: How much one frame and one message may hold.
  ///   - keys: Where a client's masking keys come from.
  ///   - compression: What was agreed in the opening handshake; nil: messages go as they are.
  ///   - compressionLevel: How hard to compress, from 1 to 9.
  package init(
    role: Role,
    limits: MessageLimits,
    keys: MaskingKeyGenerator = MaskingKeyGenerator(),
    compression: DeflateParameters? = nil,
    compressionLevel: Int = CompressionSettings().level
  ) {
    self.role = role
    self.keys = keys
    deflater = compression?.makeDeflater(writer: role, level: compressionLevel)
    reader = MessageReader(
      role: role,
      limits: limits,
      inflater: compression?.makeInflater(reader: role)
    )
  }

  /// Whether a message has begun whose last frame has not ended.
  var isWithinMessage: Bool { reader.isWithinMessage }

  /// Whether more bytes have to come before what was read is complete.
  var isMidway: Bool { reader.isMidway }

  /// The next event in the bytes.
  ///
  /// - Parameters:
  ///   - bytes: What was read.
  ///   - position: Where to go on in `bytes`; is moved past what was taken.
  /// - Returns: nil when more bytes are needed.
  package mutating func next(in bytes: RawSpan, at position: inout Int) -> Event? {
    while closing.mayReceive {
      guard let element = reader.next(in: bytes, at: &position) else { return nil }
      switch element {
      case .message(let message): return .message(message)
      case .control(.ping, let payload): return .ping(payload)
      case .control(.pong, let payload): return .pong(payload)
      case .control(_, let payload):
        do throws(ProtocolViolation) {
          return .closing(closing.receivedClose(try ClosePayload(parsing: payload)))
        } catch {
          reader.stop()
          return .violation(error)
        }
      case .violation(let violation):
        return .violation(violation)
      }
    }
    // What follows a close frame is not part of the conversation (§5.5.1, §7.1.7).
    position = bytes.byteCount
    return nil
  }

  /// Fails the connection, at once or after what came before the violation was dealt with.
  ///
  /// Spec: RFC 6455 §7.1.7.
  mutating func fail(_ violation: ProtocolViolation) -> ClosingHandshake.Action {
    closing.failed(violation)
  }

  /// Starts the closing handshake.
  mutating func close(_ payload: ClosePayload) -> ClosingHandshake.Action {
    closing.close(payload)
  }

  /// The one frame that carries a message, compressed where that was agreed.
  ///
  /// Spec: RFC 6455 §6.1, RFC 7692 §6.1.
  package mutating func frame(for message: Message) -> (header: FrameHeader, payload: [UInt8]) {
    guard let compressed = deflater?.deflate(message.payload) else {
      let header = header(message.opcode, payloadByteCount: message.payload.count)
      return (header, message.payload)
    }
    var header = header(message.opcode, payloadByteCount: compressed.count)
    header.reservedBits = FrameInflater.compressedBit
    return (header, compressed)
  }

  /// The header for a frame of this side: masked for a client, plain for a server.
  ///
  /// Spec: RFC 6455 §5.1.
  mutating func header(_ opcode: Opcode, payloadByteCount: Int) -> FrameHeader {
    FrameHeader(
      opcode: opcode.rawValue,
      maskingKey: role == .client ? keys.next() : nil,
      payloadByteCount: UInt64(payloadByteCount)
    )
  }
}
