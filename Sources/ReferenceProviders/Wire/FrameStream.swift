package import WebSocket

/// Cuts what one side of a connection sends into the head of its opening handshake and frames.
///
/// Frames over the limit are not held: from there on everything passes as it is.
package struct FrameStream {
  /// The longest frame that is looked at, in bytes.
  static let maximumFrameBytes = 65_536

  /// A part of the stream.
  package enum Part: Equatable {
    /// Bytes that are no frame, or none that is looked at.
    case bytes([UInt8])
    /// A frame, with the bytes that carried it.
    case frame(Frame, isMasked: Bool, bytes: [UInt8])
  }

  private enum State { case head, frames, deaf }

  private var state = State.head
  private var held: [UInt8] = []

  /// Begins with the head of a handshake.
  package init() {}

  /// The parts that are complete with some more bytes.
  package mutating func parts(with bytes: [UInt8]) -> [Part] {
    held += bytes
    var parts: [Part] = []
    while let part = next() { parts.append(part) }
    return parts
  }

  private mutating func next() -> Part? {
    guard !held.isEmpty else { return nil }
    switch state {
    case .deaf:
      return take(held.count)
    case .head:
      guard let end = endOfHead else { return nil }
      state = .frames
      return take(end)
    case .frames:
      guard let header = FrameHeader(parsing: held.span.bytes) else { return nil }
      guard header.payloadByteCount <= UInt64(Self.maximumFrameBytes) else {
        state = .deaf
        return take(held.count)
      }
      let end = header.byteCount + Int(header.payloadByteCount)
      guard held.count >= end else { return nil }
      let key = header.maskingKey?.bytes
      let payload = held[header.byteCount..<end].enumerated().map { place, byte in
        key.map { byte ^ $0[place % 4] } ?? byte
      }
      let frame = Frame(
        opcode: header.opcode,
        payload: payload,
        isFinal: header.isFinal,
        reservedBits: header.reservedBits
      )
      let bytes = Array(held[..<end])
      held.removeFirst(end)
      return .frame(frame, isMasked: key != nil, bytes: bytes)
    }
  }

  private mutating func take(_ count: Int) -> Part {
    defer { held.removeFirst(count) }
    return .bytes(Array(held[..<count]))
  }

  /// Where the empty line ends behind a head.
  private var endOfHead: Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard held.count >= mark.count else { return nil }
    return (mark.count...held.count).first { held[($0 - mark.count)..<$0].elementsEqual(mark) }
  }
}
