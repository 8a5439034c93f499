import JSON
import TestSupport
import Testing

struct RoundTripTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `what is written reads back as the same value`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var parser = JSONParser()
    for _ in 0..<1000 {
      let value = GeneratedValue.make(using: &random)
      for layout in [JSONLayout.compact, .pretty] {
        let bytes = value.bytes(layout)
        let document = try parser.parse(bytes)
        #expect(document.value == value)
        #expect(document.value.bytes(layout) == bytes)
        #expect(document.bytes == bytes)
      }
      let canonical = value.bytes(.canonical)
      #expect(try JSONValue.parse(canonical).bytes(.canonical) == canonical)
    }
  }

  @Test func `texts with escapes for every character mean the same`() throws {
    var random = SplitMix64(seed: 9)
    for _ in 0..<500 {
      let string = GeneratedValue.string(using: &random)
      let escaped = string.utf16.map { unit in
        let digits = String(unit, radix: 16, uppercase: Bool.random(using: &random))
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
      let document = try JSONDocument(parsing: "\"\(escaped)\"")
      #expect(document.value == .string(string))
      document.withTape { tape in
        #expect(tape.scalarCount(of: 0) == string.unicodeScalars.count)
        var string = string
        string.withUTF8 { #expect(tape.isEqual(0, to: $0)) }
      }
    }
  }

  @Test func `equal values are equal on the tape, with equal hashes, and others are not`() throws {
    var random = SplitMix64(seed: 5)
    var values: [JSONValue] = []
    for _ in 0..<150 { values.append(GeneratedValue.make(depth: 3, using: &random)) }
    let document = try JSONDocument(parsing: JSONValue.array(values).bytes())
    document.withTape { tape in
      var nodes: [Int] = []
      var child = tape.firstChild(of: 0)
      while tape.kind(of: child) != .end {
        nodes.append(child)
        child = tape.next(after: child)
      }
      for (left, leftNode) in zip(values, nodes) {
        for (right, rightNode) in zip(values, nodes) {
          #expect(tape.isEqual(leftNode, to: tape, rightNode) == (left == right))
          if left == right {
            #expect(tape.hash(of: leftNode) == tape.hash(of: rightNode))
            #expect(left.hashValue == right.hashValue)
          }
        }
      }
    }
  }

  @Test func `random bytes are refused or read, never worse`() {
    var random = SplitMix64(seed: 13)
    let pieces = [
      "{", "}", "[", "]", ":", ",", "\"", "\\", "u", "d8", "1", "-", ".", "e", "true", "null", " ",
      "\n", "é", "\u{0}",
    ]
    var parser = JSONParser()
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...24, using: &random) {
        bytes += (pieces.randomElement(using: &random) ?? "").utf8
        if Int.random(in: 0..<40, using: &random) == 0 {
          bytes.append(UInt8.random(in: 0x80...0xFF, using: &random))
        }
      }
      guard let document = try? parser.parse(bytes) else { continue }
      #expect(document.bytes == bytes)
      #expect((try? JSONValue.parse(document.value.bytes())) == document.value)
    }
  }
}
