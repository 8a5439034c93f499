import Testing

@testable import WebSocket

struct FrameParserTests {
  static let stream =
    Frame.text("Hello").masked + Frame(.ping).plain
    + Frame(.binary, payload: [UInt8](repeating: 7, count: 300)).masked
    + Frame(opcode: 0xB, payload: [1], isFinal: false, reservedBits: 7).plain

  @Test func `parts tell headers, where payloads lie, and ends`() {
    let bytes = Frame.text("Hi").plain + Frame(.ping).plain
    #expect(
      parts(of: bytes, inPiecesOf: .max) == [
        .header(FrameHeader(opcode: 1, payloadByteCount: 2)),
        .payload(2..<4, offset: 0),
        .end,
        .header(FrameHeader(opcode: 9, payloadByteCount: 0)),
        .end,
      ]
    )
  }

  @Test(arguments: 1...20)
  func `the stream means the same in pieces of any size`(size: Int) {
    func summary(_ parts: [FrameParser.Part]) -> [String] {
      var lines: [String] = []
      var payload = 0
      for part in parts {
        switch part {
        case .header(let header): lines.append("\(header)")
        case .payload(let range, let offset):
          #expect(offset == payload)
          payload += range.count
        case .end:
          lines.append("end after \(payload)")
          payload = 0
        }
      }
      return lines
    }
    let whole = summary(parts(of: Self.stream, inPiecesOf: .max))
    #expect(whole.count == 8)
    #expect(summary(parts(of: Self.stream, inPiecesOf: size)) == whole)
  }

  @Test func `only between frames the stream may end`() {
    var parser = FrameParser()
    #expect(parser.isBetweenFrames)
    for byte in Frame.text("Hello").masked.dropLast() {
      var position = 0
      while parser.next(in: [byte].span.bytes, at: &position) != nil {}
      #expect(!parser.isBetweenFrames)
    }
  }
}
