@testable import WebSocket

/// The parts that a parser finds when the bytes come in pieces of some size.
func parts(of bytes: [UInt8], inPiecesOf size: Int) -> [FrameParser.Part] {
  var parser = FrameParser()
  var found: [FrameParser.Part] = []
  for piece in bytes.pieces(of: size) {
    var position = 0
    while let part = parser.next(in: piece.span.bytes, at: &position) { found.append(part) }
    precondition(position == piece.count, "the parser left bytes")
  }
  return found
}

/// The elements that a reader finds when the bytes come in pieces of some size.
func elements(
  of bytes: [UInt8],
  inPiecesOf size: Int = .max,
  role: Role = .server,
  limits: MessageLimits = MessageLimits()
) -> [MessageReader.Element] {
  var reader = MessageReader(role: role, limits: limits)
  return bytes.pieces(of: size).flatMap { reader.elements(of: $0) }
}

extension MessageReader {
  /// The elements in one piece.
  mutating func elements(of piece: [UInt8]) -> [MessageReader.Element] {
    var found: [MessageReader.Element] = []
    var position = 0
    while let element = next(in: piece.span.bytes, at: &position) { found.append(element) }
    return found
  }
}

extension [UInt8] {
  /// The bytes in pieces of at most some size.
  func pieces(of size: Int) -> [[UInt8]] {
    guard size < count else { return [self] }
    return stride(from: 0, to: count, by: size).map {
      Array(self[$0..<Swift.min($0 + size, count)])
    }
  }
}

extension Frame {
  /// A text frame.
  static func text(_ text: String, isFinal: Bool = true) -> Frame {
    Frame(.text, payload: Array(text.utf8), isFinal: isFinal)
  }

  /// A continuation frame.
  static func continuation(_ text: String, isFinal: Bool = true) -> Frame {
    Frame(.continuation, payload: Array(text.utf8), isFinal: isFinal)
  }

  /// A close frame.
  static func close(_ code: UInt16?, _ reason: String = "") -> Frame {
    Frame(
      .close,
      payload: code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] + Array(reason.utf8) } ?? []
    )
  }

  /// The frame as a client sends it.
  var masked: [UInt8] { serialized(maskedWith: MaskingKey(0x37, 0xFA, 0x21, 0x3D)) }

  /// The frame as a server sends it.
  var plain: [UInt8] { serialized(maskedWith: nil) }
}
