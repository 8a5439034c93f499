import Testing

@testable import WebSocket

struct FrameTapTests {
  private func heard(_ bytes: [UInt8], inPiecesOf size: Int, limit: Int = 1000) -> [FrameTap
    .Element]
  {
    var tap = FrameTap(maximumFrameBytes: limit)
    return bytes.pieces(of: size).flatMap { piece in
      var found: [FrameTap.Element] = []
      var position = 0
      while let element = tap.next(in: piece.span.bytes, at: &position) { found.append(element) }
      return found
    }
  }

  static let frames = [
    Frame.text("Hel", isFinal: false), Frame(.ping, payload: [1]), Frame.continuation("lo"),
    Frame(opcode: 0xB, payload: [9], isFinal: false, reservedBits: 7),
    Frame(.text, payload: [0xFF, 0xFE]), Frame.close(999),
  ]

  @Test(arguments: [1, 2, 5, Int.max])
  func `every frame is heard as it is, broken ones too`(size: Int) {
    let masked = Self.frames.flatMap(\.masked)
    let plain = Self.frames.flatMap(\.plain)
    #expect(heard(masked, inPiecesOf: size) == Self.frames.map { .frame($0) })
    #expect(heard(plain, inPiecesOf: size) == Self.frames.map { .frame($0) })
  }

  @Test func `a frame over the limit ends the hearing`() {
    let bytes = Frame.text("ok").plain + Frame(.binary, payload: [1, 2, 3]).plain
    #expect(heard(bytes + bytes, inPiecesOf: 4, limit: 2) == [.frame(.text("ok")), .oversized(3)])
  }

  @Test func `another frame fits in between frames only`() {
    var tap = FrameTap(maximumFrameBytes: 10)
    var position = 0
    #expect(tap.isBetweenFrames)
    _ = tap.next(in: Array(Frame.text("abc").plain.prefix(3)).span.bytes, at: &position)
    #expect(!tap.isBetweenFrames)
  }
}
