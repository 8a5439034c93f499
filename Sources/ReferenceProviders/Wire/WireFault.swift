package import WebSocket

/// A planted bug between the socket and a correct server: told a frame, it answers what to do.
///
/// Spec: the rules that it breaks are RFC 6455 §5.1 (masking), §5.2 (reserved bits), §5.4 (fragments),
/// §5.5 (control frames), §8.1 (UTF-8).
package struct WireFault {
  /// What becomes of a frame.
  package enum Action: Equatable {
    /// It passes as it is.
    case pass
    /// Another one passes in its place.
    case replace(Frame)
    /// Nothing passes.
    case swallow
    /// The client gets a close frame, and the connection ends.
    case close(CloseCode)
    /// The connection ends without a close frame.
    case drop
  }

  private let bug: DeskBug
  /// The bytes of the text message that has begun.
  private var message: [UInt8]?
  /// Whether a ping came since it began.
  private var wasPinged = false
  private var hasClientClosed = false

  /// Plants a bug.
  package init(_ bug: DeskBug) { self.bug = bug }

  /// A frame of the client.
  package mutating func fromClient(_ frame: Frame, isMasked: Bool) -> Action {
    let opcode = Opcode(rawValue: frame.opcode)
    if opcode == .close { hasClientClosed = true }
    switch bug {
    case .unmaskedAccepted where !isMasked: return .replace(frame)
    case .reservedBitsAccepted where frame.reservedBits != 0:
      var plain = frame
      plain.reservedBits = 0
      return .replace(plain)
    case .pingNotAnswered where opcode == .ping: return .swallow
    case .fragmentsDrop where opcode == .text && !frame.isFinal: return .drop
    case .badTextReplaced where opcode == .text && frame.isFinal:
      let text = Array(String(decoding: frame.payload, as: UTF8.self).utf8)
      return text == frame.payload ? .pass : .replace(Frame(.text, payload: text))
    case .splitCharacterCloses, .pingLosesFragments: return follow(frame, opcode)
    default: return .pass
    }
  }

  /// A frame of the server.
  package mutating func fromServer(_ frame: Frame) -> Action {
    switch (bug, Opcode(rawValue: frame.opcode)) {
    case (.closeNotAnswered, .close) where hasClientClosed: .swallow
    case (.pongWithoutPayload, .pong) where !frame.payload.isEmpty: .replace(Frame(.pong))
    default: .pass
    }
  }

  /// Keeps an eye on a message of several frames.
  private mutating func follow(_ frame: Frame, _ opcode: Opcode?) -> Action {
    switch opcode {
    case .text, .binary:
      message = opcode == .text && !frame.isFinal ? frame.payload : nil
      wasPinged = false
    case .continuation:
      guard let begun = message else { return .pass }
      message = frame.isFinal ? nil : begun + frame.payload
      if bug == .pingLosesFragments, wasPinged {
        return .replace(Frame(.continuation, isFinal: frame.isFinal))
      }
    case .ping:
      wasPinged = message != nil
    default:
      break
    }
    if bug == .splitCharacterCloses, let message, Self.endsWithinCharacter(message) {
      return .close(.invalidPayload)
    }
    return .pass
  }

  /// Whether the last character of a text still misses bytes.
  private static func endsWithinCharacter(_ bytes: [UInt8]) -> Bool {
    for (distance, byte) in bytes.reversed().prefix(4).enumerated() {
      switch byte {
      case 0x80...0xBF: continue
      case 0xC2...0xDF: return distance < 1
      case 0xE0...0xEF: return distance < 2
      case 0xF0...0xF4: return distance < 3
      default: return false
      }
    }
    return false
  }
}
