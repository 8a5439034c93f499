import Foundation
import Testing

@testable import WebSocket

/// A hundred thousand broken streams, the same in every run: nothing traps, nothing grows.
///
/// `WSPACT_STREAMS=1000000` in the environment makes it so many.
struct MutatedStreamTests {
  /// How many streams each seed makes.
  private static let count =
    (ProcessInfo.processInfo.environment["WSPACT_STREAMS"].flatMap { Int($0) } ?? 100_000) / 4

  static let seeds: [[UInt8]] = [
    Frame.text("Hello, κόσμε 🙂").masked,
    Frame.text("Hel", isFinal: false).masked + Frame(.ping, payload: [1, 2]).masked
      + Frame.continuation("lo").masked,
    Frame(.binary, payload: [UInt8](repeating: 0x5A, count: 200)).masked,
    Frame.close(1000, "bye").masked,
    FrameHeader(opcode: 2, payloadByteCount: 1 << 62).bytes,
    Frame(opcode: 1, payload: CompressedMessageTests.hello, reservedBits: 4).masked
      + Frame(opcode: 1, payload: [0xF2, 0x00, 0x11, 0x00, 0x00], reservedBits: 4).masked,
    Frame(opcode: 2, payload: [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00], reservedBits: 4)
      .masked,
    Frame.text("from a server").plain + Frame(.pong).plain + Frame.close(nil).plain,
  ]

  private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let position = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0 where !bytes.isEmpty: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1 where !bytes.isEmpty: bytes[position] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
      case 3 where !bytes.isEmpty: bytes.remove(at: position)
      default: bytes.removeLast(min(bytes.count, Int.random(in: 0...8, using: &random)))
      }
    }
    return bytes
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `mutated streams are read the same whole and in pieces`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let limits = MessageLimits(maximumFrameBytes: 1000, maximumMessageBytes: 1500)
    for _ in 0..<Self.count {
      let bytes = (0..<2).flatMap { _ in
        mutated(Self.seeds.randomElement(using: &random) ?? [], &random)
      }
      let role: Role = Bool.random(using: &random) ? .client : .server
      let size = Int.random(in: 1...40, using: &random)
      let compression = Bool.random(using: &random) ? DeflateParameters() : nil
      var whole = ConnectionRules(role: role, limits: limits, compression: compression)
      var inPieces = ConnectionRules(role: role, limits: limits, compression: compression)
      let events = whole.events(in: bytes)
      let same = bytes.pieces(of: size).flatMap { inPieces.events(in: $0) }
      #expect(events == same, "\(bytes)")
    }
  }
}

extension ConnectionRules {
  /// Every event in some bytes.
  mutating func events(in bytes: [UInt8]) -> [Event] {
    var found: [Event] = []
    var position = 0
    while let event = next(in: bytes.span.bytes, at: &position) { found.append(event) }
    precondition(position == bytes.count, "the rules left bytes")
    return found
  }
}
