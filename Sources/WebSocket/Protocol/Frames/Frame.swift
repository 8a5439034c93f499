/// One frame, its payload unmasked.
package struct Frame: Hashable, Sendable {
  /// The FIN bit.
  package var isFinal: Bool
  /// RSV1 as 4, RSV2 as 2, RSV3 as 1.
  package var reservedBits: UInt8
  /// The four opcode bits.
  package var opcode: UInt8
  /// The payload, unmasked.
  package var payload: [UInt8]

  /// Makes a frame from raw parts, which need not be allowed together.
  package init(
    opcode: UInt8,
    payload: [UInt8],
    isFinal: Bool = true,
    reservedBits: UInt8 = 0
  ) {
    self.opcode = opcode
    self.payload = payload
    self.isFinal = isFinal
    self.reservedBits = reservedBits
  }

  /// Makes a frame with a known opcode.
  package init(_ opcode: Opcode, payload: [UInt8] = [], isFinal: Bool = true) {
    self.init(opcode: opcode.rawValue, payload: payload, isFinal: isFinal)
  }

  /// The frame's bytes on the wire: masked with a key, as a client must, or as they are, as a
  /// server must.
  package func serialized(maskedWith key: MaskingKey?) -> [UInt8] {
    let header = FrameHeader(
      opcode: opcode,
      isFinal: isFinal,
      reservedBits: reservedBits,
      maskingKey: key,
      payloadByteCount: UInt64(payload.count)
    )
    let size = header.byteCount + payload.count
    return [UInt8](unsafeUninitializedCapacity: size) { target, count in
      count = Self.write(header, payload, to: UnsafeMutableRawBufferPointer(target))
    }
  }

  /// Writes a header and its payload, masked when the header has a key.
  ///
  /// - Returns: How many bytes were written.
  static func write(
    _ header: FrameHeader,
    _ payload: [UInt8],
    to target: UnsafeMutableRawBufferPointer
  ) -> Int {
    let headerBytes = header.write(to: target)
    let room = UnsafeMutableRawBufferPointer(rebasing: target[headerBytes...])
    payload.withUnsafeBytes { source in
      if let key = header.maskingKey {
        key.mask(source, into: room, offset: 0)
      } else {
        room.copyMemory(from: source)
      }
    }
    return headerBytes + payload.count
  }
}
