/// Undoes permessage-deflate frame by frame, for somebody who only listens.
///
/// A frame that cannot be undone is shown as it is on the wire, and so is every compressed frame
/// after it: without it they cannot be understood.
///
/// Spec: RFC 7692 §6.2, §7.2.2.
struct FrameInflater {
  /// The bit that says that a message is compressed (§6).
  static let compressedBit: UInt8 = 4

  private let inflater: Inflater
  private let limit: Int
  private var isCompressed = false
  private var isBroken = false

  /// Makes a listener for one direction.
  ///
  /// - Parameters:
  ///   - inflater: Undoes what is sent in this direction.
  ///   - limit: The most bytes that a frame's payload may become.
  init(_ inflater: Inflater, limit: Int) {
    self.inflater = inflater
    self.limit = limit
  }

  /// The frame as its receiver understands it: without RSV1 where that has been undone.
  ///
  /// - Throws: ``ProtocolViolation/messageTooLong(_:limit:)`` for a payload that becomes longer
  ///   than the limit.
  mutating func plain(_ frame: Frame) throws(ProtocolViolation) -> Frame {
    switch Opcode(rawValue: frame.opcode) {
    case .text, .binary: isCompressed = frame.reservedBits & Self.compressedBit != 0
    case .continuation: break
    case .close, .ping, .pong, nil: return frame
    }
    guard isCompressed, !isBroken else { return frame }
    var plain = frame
    plain.reservedBits &= ~Self.compressedBit
    plain.payload = []
    do throws(ProtocolViolation) {
      try inflater.inflate(frame.payload, into: &plain.payload, limit: limit)
      if frame.isFinal { try inflater.finishMessage(&plain.payload, limit: limit) }
      return plain
    } catch {
      if case .messageTooLong = error { throw error }
      isBroken = true
      return frame
    }
  }
}
