internal import CZlib

/// Undoes the compression of the messages of one direction, as their bytes arrive.
///
/// Never makes more than a limit and one small buffer, however much the bytes would become. zlib
/// gets its memory when the first compressed message comes.
///
/// Spec: RFC 7692 §7.2.2, RFC 1951.
final class Inflater {
  /// The size of the buffer between zlib and the message, in bytes.
  private static let bufferBytes = 16_384
  /// What a sender cuts off at the end of each message.
  private static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

  private let windowBits: Int
  private let keepsContext: Bool
  /// zlib remembers the address, so it must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isStarted = false

  /// Makes an inflater.
  ///
  /// - Parameters:
  ///   - windowBits: The sender's window, as a power of two: 8 to 15.
  ///   - keepsContext: Whether a message may refer to those before it.
  init(windowBits: Int, keepsContext: Bool) {
    self.windowBits = windowBits
    self.keepsContext = keepsContext
    stream.initialize(to: z_stream())
  }

  deinit {
    if isStarted { inflateEnd(stream) }
    stream.deallocate()
  }

  /// Appends what a part of a message becomes.
  ///
  /// - Parameters:
  ///   - input: The next bytes of the message, unmasked.
  ///   - payload: The message so far.
  ///   - limit: The most bytes that `payload` may have.
  /// - Throws: ``ProtocolViolation/messageTooLong(_:limit:)`` or
  ///   ``ProtocolViolation/malformedCompression(byteOffset:)``.
  func inflate(
    _ input: [UInt8],
    into payload: inout [UInt8],
    limit: Int
  ) throws(ProtocolViolation) {
    try start(payload.count)
    let problem = input.withUnsafeBufferPointer { bytes in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
      stream.pointee.avail_in = uInt(clamping: bytes.count)
      return takeInput(into: &payload, limit: limit)
    }
    if let problem { throw problem }
  }

  /// Lets zlib take its whole input.
  private func takeInput(into payload: inout [UInt8], limit: Int) -> ProtocolViolation? {
    while true {
      // One byte more than is allowed shows that there are too many.
      let room = min(Self.bufferBytes - 1, limit - payload.count) + 1
      let (code, made) = step(room, &payload)
      guard payload.count <= limit else {
        return .messageTooLong(UInt64(payload.count), limit: limit)
      }
      switch code {
      case Z_OK: break
      case Z_STREAM_END:
        // A message may have final blocks in it, and go on after them with the same window
        // (§7.2.3.4). Copying the window out and in would let two bytes cost 64 KiB of copying.
        inflateResetKeep(stream)
      case Z_BUF_ERROR: return nil
      default: return .malformedCompression(byteOffset: payload.count)
      }
      if stream.pointee.avail_in == 0, made < room { return nil }
    }
  }

  /// Ends a message: its sender has cut off the last four bytes.
  ///
  /// - Parameters:
  ///   - payload: The message so far.
  ///   - limit: The most bytes that `payload` may have.
  /// - Throws: As ``inflate(_:into:limit:)``, also when the message ends in the middle of a block.
  func finishMessage(_ payload: inout [UInt8], limit: Int) throws(ProtocolViolation) {
    try inflate(Self.tail, into: &payload, limit: limit)
    // zlib sets this bit while it stands behind the end of a block.
    guard stream.pointee.data_type & 128 != 0 else {
      throw .malformedCompression(byteOffset: payload.count)
    }
    if !keepsContext { inflateReset(stream) }
  }

  private func start(_ byteOffset: Int) throws(ProtocolViolation) {
    guard !isStarted else { return }
    let code = inflateInit2_(
      stream,
      CInt(-windowBits),
      ZLIB_VERSION,
      CInt(MemoryLayout<z_stream>.size)
    )
    guard code == Z_OK else { throw .malformedCompression(byteOffset: byteOffset) }
    isStarted = true
  }

  private func step(_ room: Int, _ payload: inout [UInt8]) -> (code: CInt, made: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
      stream.pointee.next_out = buffer.baseAddress
      stream.pointee.avail_out = uInt(room)
      let code = CZlib.inflate(stream, Z_SYNC_FLUSH)
      let made = room - Int(stream.pointee.avail_out)
      payload.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<made]))
      return (code, made)
    }
  }
}
