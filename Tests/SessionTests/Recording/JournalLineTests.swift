import Contract
import TestSupport
import Testing

@testable import Session

struct JournalLineTests {
  @Test func `a frame's line is that of its event, byte for byte`() {
    var random = SplitMix64(seed: 1)
    var line = JournalLine()
    let pieces: [[UInt8]] = [
      Array("plain text ".utf8), Array(#"{"a":"b\n"}"#.utf8), Array("\\\"".utf8),
      Array("žluť 🐎".utf8), Array(0..<0x20), [0x7F], [0x80], [0xED, 0xA0, 0x80], [0],
    ]
    for number in 1...2_000 {
      var payload: [UInt8] = []
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        payload += pieces.randomElement(using: &random) ?? []
      }
      if number % 100 == 0 { payload = Array(repeating: payload, count: 5_000).flatMap { $0 } }
      let opcodes = TranscriptFrame.Opcode.allCases
      let frame = TranscriptFrame(
        opcodes.randomElement(using: &random) ?? .text,
        payload: payload,
        isFinal: Bool.random(using: &random)
      )
      let isSent = Bool.random(using: &random)
      let nanoseconds = Int64.random(in: 0...Int64.max, using: &random) >> (number % 64)
      let event = TranscriptEvent(
        number: number,
        nanoseconds: nanoseconds,
        connection: "connection-\(number % 120)",
        kind: isSent ? .sent(frame) : .received(frame)
      )
      line.write(
        frame,
        isSent ? "sent" : "received",
        connection: number % 120,
        number: number,
        nanoseconds: nanoseconds
      )
      #expect(Array(line.bytes) == event.jsonLine)
    }
  }
}
