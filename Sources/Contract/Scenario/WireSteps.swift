/// Bytes for the socket, with no frame made around them.
package struct BytesStep: Sendable, Hashable {
  /// The connection.
  package var connection: String
  /// The bytes.
  package var bytes: [UInt8]
  /// How they reach the socket.
  package var delivery: WireDelivery

  /// Describes what to write.
  package init(on connection: String, bytes: [UInt8], delivery: WireDelivery = WireDelivery()) {
    self.connection = connection
    self.bytes = bytes
    self.delivery = delivery
  }
}

/// How bytes reach the socket: in how many writes, and whether all of them.
package struct WireDelivery: Sendable, Hashable {
  /// Only so many of the first bytes are written; `nil`: all.
  package var byteLimit: Int?
  /// The places, in bytes, at which one write ends and the next begins; ascending.
  ///
  /// The peer may still read several writes at once; a ``pause`` keeps them apart.
  package var splits: [Int]
  /// How long to wait before each write but the first.
  package var pause: Duration

  /// Describes a delivery; the default is one write of everything.
  package init(byteLimit: Int? = nil, splits: [Int] = [], pause: Duration = .zero) {
    self.byteLimit = byteLimit
    self.splits = splits
    self.pause = pause
  }

  /// The writes that some bytes become; places behind their end are passed over.
  package func writes(of bytes: [UInt8]) -> [[UInt8]] {
    let kept = bytes.prefix(byteLimit ?? bytes.count)
    var writes: [[UInt8]] = []
    var start = 0
    for place in splits where place > start && place < kept.count {
      writes.append(Array(kept[start..<place]))
      start = place
    }
    return writes + [Array(kept[start...])]
  }
}

/// One frame, with whatever header it is given.
///
/// Spec: RFC 6455 §5.2.
package struct FrameStep: Sendable, Hashable {
  /// The forms that a payload's length has on the wire, by their bits.
  package enum LengthBits: Int, Sendable, Hashable, CaseIterable {
    case seven = 7
    case sixteen = 16
    case sixtyFour = 64

    /// The largest length that the form can state.
    package var maximum: UInt64 {
      switch self {
      case .seven: 125
      case .sixteen: 0xFFFF
      case .sixtyFour: .max
      }
    }
  }

  /// The key that is used where a step gives none, so that each play sends the same bytes.
  package static let defaultMaskingKey: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]

  /// The connection.
  package var connection: String
  /// The four opcode bits.
  package var opcode: UInt8
  /// The FIN bit.
  package var isFinal: Bool
  /// RSV1 as 4, RSV2 as 2, RSV3 as 1.
  package var reservedBits: UInt8
  /// The four bytes that the payload is masked with; `nil`: it goes unmasked, without the mask bit.
  package var maskingKey: [UInt8]?
  /// The payload, unmasked.
  package var payload: [UInt8]
  /// The length that the header states; `nil`: the truth.
  package var statedLength: UInt64?
  /// The form of the length; `nil`: the shortest.
  package var lengthBits: LengthBits?
  /// How the bytes reach the socket.
  package var delivery: WireDelivery

  /// Describes a frame; the defaults are those of a client that keeps the rules.
  package init(
    on connection: String,
    opcode: UInt8,
    isFinal: Bool = true,
    reservedBits: UInt8 = 0,
    maskingKey: [UInt8]? = FrameStep.defaultMaskingKey,
    payload: [UInt8] = [],
    statedLength: UInt64? = nil,
    lengthBits: LengthBits? = nil,
    delivery: WireDelivery = WireDelivery()
  ) {
    precondition(maskingKey?.count ?? 4 == 4, "a masking key of \(maskingKey?.count ?? 0) bytes")
    self.connection = connection
    self.opcode = opcode
    self.isFinal = isFinal
    self.reservedBits = reservedBits
    self.maskingKey = maskingKey
    self.payload = payload
    self.statedLength = statedLength
    self.lengthBits = lengthBits
    self.delivery = delivery
  }
}

/// The end of a connection to wait for.
package struct ExpectCloseStep: Sendable, Hashable {
  /// The connection.
  package var connection: String
  /// The codes that the provider's close frame may have; none: any end will do.
  ///
  /// 1005 stands for an empty frame, 1006 for an end without one.
  package var codes: [UInt16]
  /// How long to wait; `nil` takes the player's time limit.
  package var within: Duration?

  /// Describes what to wait for.
  package init(on connection: String, codes: [UInt16] = [], within: Duration? = nil) {
    self.connection = connection
    self.codes = codes
    self.within = within
  }
}
