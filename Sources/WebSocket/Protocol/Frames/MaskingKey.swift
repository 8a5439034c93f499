/// The four bytes that a client combines with each payload it sends.
///
/// Spec: RFC 6455 §5.3.
package struct MaskingKey: Hashable, Sendable {
  /// The key's first byte on the wire in the lowest eight bits, its last in the highest.
  package var word: UInt32

  /// Makes a key from its word, first wire byte lowest.
  package init(word: UInt32) {
    self.word = word
  }

  /// Makes a key from its bytes in wire order.
  package init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
    word =
      UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24
  }

  /// The bytes in wire order.
  package var bytes: [UInt8] {
    [
      UInt8(truncatingIfNeeded: word), UInt8(truncatingIfNeeded: word >> 8),
      UInt8(truncatingIfNeeded: word >> 16), UInt8(truncatingIfNeeded: word >> 24),
    ]
  }

  /// Writes the bytes of `source`, masked, to `target`; masking twice gives the bytes back.
  ///
  /// Works eight bytes at a time, which is about ten times as fast as one by one.
  ///
  /// - Parameters:
  ///   - source: A part of a payload.
  ///   - target: Room for at least as many bytes; may be the same memory.
  ///   - offset: How many bytes of the payload came before this part.
  func mask(
    _ source: UnsafeRawBufferPointer,
    into target: UnsafeMutableRawBufferPointer,
    offset: Int
  ) {
    precondition(target.count >= source.count, "\(target.count) bytes for \(source.count)")
    let shift = UInt32(truncatingIfNeeded: offset & 3) * 8
    let rotated = shift == 0 ? word : (word >> shift) | (word << (32 - shift))
    let wide = (UInt64(rotated) | UInt64(rotated) << 32).littleEndian
    let count = source.count
    var index = 0
    while index &+ 8 <= count {
      let part = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      target.storeBytes(of: part ^ wide, toByteOffset: index, as: UInt64.self)
      index &+= 8
    }
    var rest = rotated
    while index < count {
      target[index] = source[index] ^ UInt8(truncatingIfNeeded: rest)
      rest = (rest >> 8) | (rest << 24)
      index &+= 1
    }
  }
}

extension [UInt8] {
  /// Appends bytes of a payload, unmasked where a key is given.
  ///
  /// - Parameters:
  ///   - bytes: A part of the payload as it came off the wire.
  ///   - key: The frame's key; nil leaves the bytes as they are.
  ///   - offset: How many bytes of the frame's payload came before this part.
  mutating func append(_ bytes: RawSpan, unmaskedWith key: MaskingKey?, offset: Int) {
    let start = count
    let added = bytes.byteCount
    guard added > 0 else { return }
    bytes.withUnsafeBytes { source in append(contentsOf: source) }
    guard let key else { return }
    withUnsafeMutableBytes { all in
      let part = UnsafeMutableRawBufferPointer(rebasing: all[start...])
      key.mask(UnsafeRawBufferPointer(part), into: part, offset: offset)
    }
  }
}
