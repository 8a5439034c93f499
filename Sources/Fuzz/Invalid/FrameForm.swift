import Contract
import WebSocket

/// A way to put a message on the wire that servers get wrong, or that RFC 6455 forbids.
///
/// Spec: RFC 6455 §5 (frames), §7.4 (close codes), §8.1 (UTF-8).
enum FrameForm: String, Sendable, Hashable, CaseIterable {
  // Valid: to be treated like one plain frame (§5.4, §5.5.2).
  case divided = "a message in two frames"
  case insideCharacter = "a message divided inside a character"
  case everyByte = "a message with a frame for each byte"
  case pingBetween = "a ping between two frames"
  case pongBetween = "a pong between two frames"
  case emptyFirst = "an empty first frame"
  case emptyBetween = "an empty frame in between"
  case emptyLast = "an empty last frame"
  case slowBytes = "a frame that arrives byte by byte"
  case zeroMask = "a frame with a mask of zeros"
  // Forbidden: to be failed.
  case reserved1 = "RSV1"
  case reserved2 = "RSV2"
  case reserved3 = "RSV3"
  case reservedPing = "a ping with RSV1"
  case opcode3 = "opcode 3"
  case opcode7 = "opcode 7"
  case opcode11 = "opcode 11"
  case opcode15 = "opcode 15"
  case unmasked = "a frame without a mask"
  case dividedPing = "a divided ping"
  case longPing = "a ping of 126 bytes"
  case closeCode0 = "close code 0"
  case closeCode999 = "close code 999"
  case closeCode1004 = "close code 1004"
  case closeCode1005 = "close code 1005"
  case closeCode1006 = "close code 1006"
  case closeCode1015 = "close code 1015"
  case closeOneByte = "a close frame of one byte"
  case closeReason = "a close reason that is not UTF-8"
  case brokenText = "a text that is not UTF-8"
  case surrogateText = "a text with a surrogate"
  case overlongText = "a text with an overlong form"
  case cutText = "a text that ends within a character"
  case dividedBrokenText = "a second frame that is not UTF-8"
  case hugeLength = "a length beyond 63 bits"
  case lostContinuation = "a continuation of nothing"
  case interrupted = "a message inside a fragmented one"
  // Left open.
  case binary = "the message as binary"
  case length16 = "a length in 16 bits"
  case length64 = "a length in 64 bits"
  case closeCode5000 = "close code 5000"
  // Bad manners: only the provider's other clients and its health count.
  case pingFlood = "1,000 pings at once"
  case slowReader = "a client that does not read"
  case halfClose = "a client that stops sending"
  case endlessMessage = "a message of 1,000 empty fragments that never ends"
  case dropInHeader = "an end in the middle of a header"
  case dropInPayload = "an end in the middle of a frame"
  case dropInMessage = "an end in the middle of a message"
  case resetInPayload = "a reset in the middle of a frame"

  /// How many pings a flood has.
  static let floodPings = 1_000
  /// How many empty fragments a message without an end has.
  static let endlessFragments = 1_000
  /// How long a slow reader does not read.
  static let slowness: Duration = .milliseconds(100)

  /// Whether it means nothing without a character of several bytes.
  var needsWideCharacter: Bool { self == .insideCharacter }

  /// Whether it shows more with a character of several bytes.
  var likesWideCharacter: Bool { needsWideCharacter || self == .brokenText }

  /// The input.
  ///
  /// - Parameters:
  ///   - payload: A valid message.
  ///   - cut: Where the message is divided, from 0.
  /// - Returns: The steps, and what is waited for after them.
  func input(_ payload: [UInt8], cut: Int) -> InvalidInput {
    InvalidInput(rawValue, steps(payload, max(0, min(cut, payload.count))), patience: patience)
  }

  private var patience: InvalidInput.Patience {
    switch self {
    case .divided, .insideCharacter, .everyByte, .pingBetween, .pongBetween, .emptyFirst,
      .emptyBetween, .emptyLast, .slowBytes, .zeroMask, .pingFlood, .slowReader:
      .answer
    case .binary, .length16, .length64: .refusal
    case .dropInHeader, .dropInPayload, .dropInMessage, .resetInPayload, .halfClose,
      .endlessMessage:
      .nothing
    default: .failure
    }
  }

  private func steps(_ payload: [UInt8], _ cut: Int) -> [ScenarioStep] {
    valid(payload, cut) ?? forbidden(payload) ?? closes ?? mannerless(payload, cut)
  }
}

// MARK: - Steps

extension FrameForm {
  private static let textOpcode: UInt8 = 1
  private static let binaryOpcode: UInt8 = 2
  private static let closeOpcode: UInt8 = 8
  private static let pingOpcode: UInt8 = 9
  private static let pongOpcode: UInt8 = 10

  private func frame(
    _ opcode: UInt8,
    _ payload: some Sequence<UInt8> = [],
    isFinal: Bool = true,
    rsv: UInt8 = 0
  ) -> ScenarioStep {
    .frame(
      FrameStep(
        on: "",
        opcode: opcode,
        isFinal: isFinal,
        reservedBits: rsv,
        payload: Array(payload)
      )
    )
  }

  private func divided(
    _ payload: [UInt8],
    at cut: Int,
    between: [ScenarioStep] = []
  ) -> [ScenarioStep] {
    [frame(Self.textOpcode, payload[..<cut], isFinal: false)] + between + [
      frame(0, payload[cut...])
    ]
  }

  private func valid(_ payload: [UInt8], _ cut: Int) -> [ScenarioStep]? {
    switch self {
    case .divided: return divided(payload, at: cut)
    case .insideCharacter:
      let inside = payload.indices.filter { payload[$0] & 0xC0 == 0x80 }
      return divided(payload, at: inside.isEmpty ? cut : inside[cut % inside.count])
    case .everyByte:
      let size = max(1, payload.count / 500)
      let parts = stride(from: 0, to: payload.count, by: size).map { start in
        let end = min(start + size, payload.count)
        return Frame(
          start == 0 ? .text : .continuation,
          payload: Array(payload[start..<end]),
          isFinal: end == payload.count
        )
      }
      return [.bytes(BytesStep(on: "", bytes: Self.wire(parts)))]
    case .pingBetween:
      return divided(payload, at: cut, between: [frame(Self.pingOpcode, "between".utf8)])
    case .pongBetween:
      return divided(payload, at: cut, between: [frame(Self.pongOpcode, "between".utf8)])
    case .emptyFirst: return divided(payload, at: 0)
    case .emptyBetween:
      return divided(payload, at: cut, between: [frame(0, isFinal: false)])
    case .emptyLast: return divided(payload, at: payload.count)
    case .slowBytes:
      let bytes = Self.wire([Frame(.text, payload: payload)])
      let splits = Array(1..<min(bytes.count, 64))
      let delivery = WireDelivery(splits: splits, pause: .microseconds(50))
      return [.bytes(BytesStep(on: "", bytes: bytes, delivery: delivery))]
    case .zeroMask:
      return [.frame(FrameStep(on: "", opcode: 1, maskingKey: [0, 0, 0, 0], payload: payload))]
    default: return nil
    }
  }

  /// A message in which one character is not UTF-8; a text of its own where it has none to break.
  private static func broken(_ payload: [UInt8]) -> [UInt8] {
    guard let place = payload.firstIndex(where: { $0 >= 0xC0 }) else {
      return [0x22, 0xC3, 0x28, 0x22]
    }
    var broken = payload
    broken[place] = 0xFF
    return broken
  }

  private static func wire(_ frames: [Frame]) -> [UInt8] {
    let key = FrameStep.defaultMaskingKey
    return frames.flatMap {
      $0.serialized(maskedWith: MaskingKey(key[0], key[1], key[2], key[3]))
    }
  }

  private func forbidden(_ payload: [UInt8]) -> [ScenarioStep]? {
    switch self {
    case .reserved1: return [frame(Self.textOpcode, payload, rsv: 4)]
    case .reserved2: return [frame(Self.textOpcode, payload, rsv: 2)]
    case .reserved3: return [frame(Self.textOpcode, payload, rsv: 1)]
    case .reservedPing: return [frame(Self.pingOpcode, rsv: 4)]
    case .opcode3: return [frame(3, payload)]
    case .opcode7: return [frame(7, payload)]
    case .opcode11: return [frame(11)]
    case .opcode15: return [frame(15)]
    case .unmasked:
      return [.frame(FrameStep(on: "", opcode: 1, maskingKey: nil, payload: payload))]
    case .dividedPing: return [frame(Self.pingOpcode, isFinal: false)]
    case .longPing: return [frame(Self.pingOpcode, [UInt8](repeating: 0x61, count: 126))]
    case .brokenText: return [frame(Self.textOpcode, Self.broken(payload))]
    case .surrogateText: return [frame(Self.textOpcode, [0x22, 0xED, 0xA0, 0x80, 0x22])]
    case .overlongText: return [frame(Self.textOpcode, [0x22, 0xC0, 0x80, 0x22])]
    case .cutText: return [frame(Self.textOpcode, payload + [0xE2, 0x82])]
    case .dividedBrokenText:
      return [frame(Self.textOpcode, payload, isFinal: false), frame(0, [0xFF])]
    case .hugeLength:
      let step = FrameStep(
        on: "",
        opcode: Self.binaryOpcode,
        statedLength: 1 << 63,
        delivery: WireDelivery(byteLimit: 14)
      )
      return [.frame(step)]
    case .lostContinuation: return [frame(0, payload)]
    case .interrupted:
      return [frame(Self.textOpcode, payload, isFinal: false), frame(Self.textOpcode, payload)]
    case .binary: return [frame(Self.binaryOpcode, payload)]
    case .length16, .length64:
      let bits: FrameStep.LengthBits = self == .length16 ? .sixteen : .sixtyFour
      let isShort = payload.count <= (self == .length16 ? 125 : 0xFFFF)
      let step = FrameStep(
        on: "",
        opcode: Self.textOpcode,
        payload: payload,
        lengthBits: isShort ? bits : nil
      )
      return [.frame(step)]
    default: return nil
    }
  }

  private var closes: [ScenarioStep]? {
    let code: UInt16
    switch self {
    case .closeCode0: code = 0
    case .closeCode999: code = 999
    case .closeCode1004: code = 1004
    case .closeCode1005: code = 1005
    case .closeCode1006: code = 1006
    case .closeCode1015: code = 1015
    case .closeCode5000: code = 5000
    case .closeOneByte: return [frame(Self.closeOpcode, [0x03])]
    case .closeReason: return [frame(Self.closeOpcode, [0x03, 0xE8, 0xC3, 0x28])]
    default: return nil
    }
    return [frame(Self.closeOpcode, [UInt8(code >> 8), UInt8(code & 0xFF)])]
  }

  private func mannerless(_ payload: [UInt8], _ cut: Int) -> [ScenarioStep] {
    let whole = Self.wire([Frame(.text, payload: payload)])
    func start(_ count: Int) -> ScenarioStep {
      .bytes(BytesStep(on: "", bytes: Array(whole.prefix(count))))
    }
    switch self {
    case .pingFlood:
      let pings = [Frame](repeating: Frame(.ping), count: Self.floodPings)
      return [.bytes(BytesStep(on: "", bytes: Self.wire(pings)))]
    case .slowReader:
      let pings = [Frame](
        repeating: Frame(.ping, payload: [UInt8](repeating: 0x61, count: 125)),
        count: Self.floodPings / 4
      )
      return [
        .stall(""), .bytes(BytesStep(on: "", bytes: whole + Self.wire(pings))),
        .wait(Self.slowness), .resume(""),
      ]
    case .endlessMessage:
      let empty = [Frame](
        repeating: Frame(.continuation, isFinal: false),
        count: Self.endlessFragments
      )
      let frames = [Frame(.text, payload: payload, isFinal: false)] + empty
      return [.bytes(BytesStep(on: "", bytes: Self.wire(frames))), .drop("")]
    case .halfClose: return [.halfClose(""), .wait(.milliseconds(20)), .drop("")]
    case .dropInHeader: return [start(1), .drop("")]
    case .dropInPayload: return [start(max(7, min(6 + cut, whole.count - 1))), .drop("")]
    case .resetInPayload: return [start(max(7, min(6 + cut, whole.count - 1))), .reset("")]
    default: return [frame(Self.textOpcode, payload[..<cut], isFinal: false), .drop("")]
    }
  }
}
