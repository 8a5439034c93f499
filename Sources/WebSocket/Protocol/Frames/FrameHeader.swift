/// The two to fourteen bytes before a frame's payload, exactly as they are on the wire.
///
/// Holds whatever four header bits and three length forms can say, also what the protocol
/// forbids: ``FrameRules`` judges, this only reads and writes.
///
/// Spec: RFC 6455 §5.2.
package struct FrameHeader: Hashable, Sendable {
  /// How the payload's length is written.
  package enum LengthForm: UInt8, Hashable, Sendable, CaseIterable {
    /// In the second byte; up to 125.
    case short
    /// In two bytes after it; up to 65,535.
    case medium
    /// In eight bytes after it.
    case long

    /// The shortest form that holds a length, the only one the protocol allows.
    package static func shortest(for byteCount: UInt64) -> LengthForm {
      if byteCount <= 125 { return .short }
      return byteCount <= 0xFFFF ? .medium : .long
    }
  }

  /// Whether this is the message's last frame.
  package var isFinal: Bool
  /// RSV1 as 4, RSV2 as 2, RSV3 as 1.
  package var reservedBits: UInt8
  /// The four opcode bits; ``Opcode`` names the known ones.
  package var opcode: UInt8
  /// The key of a masked frame; nil when the mask bit is not set.
  package var maskingKey: MaskingKey?
  /// The length that the header states, in bytes.
  package var payloadByteCount: UInt64
  /// The form that the length has on the wire.
  package var lengthForm: LengthForm

  /// Makes a header.
  ///
  /// - Parameters:
  ///   - opcode: Any four bits.
  ///   - isFinal: The FIN bit.
  ///   - reservedBits: RSV1 as 4, RSV2 as 2, RSV3 as 1.
  ///   - maskingKey: Sets the mask bit when given.
  ///   - payloadByteCount: The length to state; nothing checks that it is the truth.
  ///   - lengthForm: nil takes the shortest form.
  package init(
    opcode: UInt8,
    isFinal: Bool = true,
    reservedBits: UInt8 = 0,
    maskingKey: MaskingKey? = nil,
    payloadByteCount: UInt64,
    lengthForm: LengthForm? = nil
  ) {
    self.isFinal = isFinal
    self.reservedBits = reservedBits & 0x7
    self.opcode = opcode & 0xF
    self.maskingKey = maskingKey
    self.payloadByteCount = payloadByteCount
    self.lengthForm = lengthForm ?? .shortest(for: payloadByteCount)
  }

  /// The longest header there can be, in bytes.
  package static let maximumByteCount = 14

  /// The size of this header on the wire, in bytes.
  package var byteCount: Int {
    let length =
      switch lengthForm {
      case .short: 0
      case .medium: 2
      case .long: 8
      }
    return 2 + length + (maskingKey == nil ? 0 : 4)
  }

  /// How many bytes the header takes that starts with these two.
  static func byteCount(secondByte: UInt8) -> Int {
    let length =
      switch secondByte & 0x7F {
      case 126: 2
      case 127: 8
      default: 0
      }
    return 2 + length + (secondByte & 0x80 == 0 ? 0 : 4)
  }
}

// MARK: - Reading and writing

extension FrameHeader {
  /// Reads the header at the start of some bytes; nil when they end before it does.
  package init?(parsing bytes: RawSpan) {
    guard bytes.byteCount >= 2 else { return nil }
    let first = bytes.byte(0)
    let second = bytes.byte(1)
    guard bytes.byteCount >= Self.byteCount(secondByte: second) else { return nil }
    isFinal = first & 0x80 != 0
    reservedBits = (first >> 4) & 0x7
    opcode = first & 0xF
    var position = 2
    switch second & 0x7F {
    case 126:
      lengthForm = .medium
      payloadByteCount = UInt64(bytes.byte(2)) << 8 | UInt64(bytes.byte(3))
      position = 4
    case 127:
      lengthForm = .long
      payloadByteCount = UInt64(
        bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 2, as: UInt64.self)
      )
      position = 10
    case let short:
      lengthForm = .short
      payloadByteCount = UInt64(short)
    }
    if second & 0x80 != 0 {
      maskingKey = MaskingKey(
        word: UInt32(
          littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt32.self)
        )
      )
    } else {
      maskingKey = nil
    }
  }

  /// Writes the header to the start of some memory.
  ///
  /// - Parameter target: At least ``byteCount`` bytes.
  /// - Returns: How many bytes were written.
  func write(to target: UnsafeMutableRawBufferPointer) -> Int {
    precondition(target.count >= byteCount, "\(target.count) bytes for a header of \(byteCount)")
    target[0] = (isFinal ? 0x80 : 0) | reservedBits << 4 | opcode
    let maskBit: UInt8 = maskingKey == nil ? 0 : 0x80
    var position = 2
    switch lengthForm {
    case .short:
      target[1] = maskBit | UInt8(truncatingIfNeeded: payloadByteCount & 0x7F)
    case .medium:
      target[1] = maskBit | 126
      let length = UInt16(truncatingIfNeeded: payloadByteCount).bigEndian
      target.storeBytes(of: length, toByteOffset: 2, as: UInt16.self)
      position = 4
    case .long:
      target[1] = maskBit | 127
      target.storeBytes(of: payloadByteCount.bigEndian, toByteOffset: 2, as: UInt64.self)
      position = 10
    }
    if let maskingKey {
      target.storeBytes(of: maskingKey.word.littleEndian, toByteOffset: position, as: UInt32.self)
      position += 4
    }
    return position
  }

  /// The header's bytes.
  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.maximumByteCount) { target, count in
      count = write(to: UnsafeMutableRawBufferPointer(target))
    }
  }
}

extension RawSpan {
  /// The byte at a position, which must exist.
  @inline(__always)
  func byte(_ position: Int) -> UInt8 {
    unsafeLoad(fromByteOffset: position, as: UInt8.self)
  }
}
