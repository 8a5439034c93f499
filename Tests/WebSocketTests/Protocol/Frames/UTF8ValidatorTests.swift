import Testing

@testable import WebSocket

struct UTF8ValidatorTests {
  /// Checks bytes in two parts: where the first bad byte is, and whether the text may end.
  private func check(_ bytes: [UInt8], splitAt split: Int) -> (bad: Int?, ends: Bool) {
    var validator = UTF8Validator()
    let bad = bytes[..<split].withUnsafeBytes { validator.firstInvalid(in: $0) }
    if let bad { return (bad, false) }
    let rest = bytes[split...].withUnsafeBytes { validator.firstInvalid(in: $0) }
    return (rest.map { $0 + split }, validator.isAtBoundary)
  }

  private static let long = String(repeating: "κόσμε 日本語 🙂 and ASCII, ", count: 4)

  static let texts = [
    long,
    "", "a", "plain ASCII that is longer than eight bytes", "\u{7F}\u{80}\u{7FF}\u{800}",
    "\u{D7FF}\u{E000}\u{FFFD}\u{FFFF}", "\u{10000}\u{10FFFF}", "κόσμε 日本語 🙂 mixed with ASCII",
  ]

  @Test(arguments: texts)
  func `text is accepted wherever it is split`(text: String) {
    let bytes = Array(text.utf8)
    for split in 0...bytes.count {
      let result = check(bytes, splitAt: split)
      #expect(result.bad == nil)
      #expect(result.ends)
    }
  }

  struct Bad: CustomTestStringConvertible {
    let bytes: [UInt8]
    let offset: Int
    let why: String
    var testDescription: String { why }
  }

  static let bad = [
    Bad(bytes: [0x80], offset: 0, why: "a continuation byte alone"),
    Bad(bytes: [0xC0, 0xAF], offset: 0, why: "an overlong slash in two bytes"),
    Bad(bytes: [0xC1, 0xBF], offset: 0, why: "the longest overlong form in two bytes"),
    Bad(bytes: [0xE0, 0x9F, 0xBF], offset: 1, why: "an overlong form in three bytes"),
    Bad(bytes: [0xF0, 0x8F, 0xBF, 0xBF], offset: 1, why: "an overlong form in four bytes"),
    Bad(bytes: [0xED, 0xA0, 0x80], offset: 1, why: "the first surrogate"),
    Bad(bytes: [0xED, 0xBF, 0xBF], offset: 1, why: "the last surrogate"),
    Bad(bytes: [0xF4, 0x90, 0x80, 0x80], offset: 1, why: "U+110000"),
    Bad(bytes: [0xF5], offset: 0, why: "a lead byte past U+10FFFF"),
    Bad(bytes: [0xFF], offset: 0, why: "a byte of no use"),
    Bad(bytes: [0x61, 0xC3, 0x61], offset: 2, why: "a letter where a continuation is owed"),
    Bad(bytes: [0xE2, 0x82, 0xC3], offset: 2, why: "a new lead byte where one is owed"),
    Bad(
      bytes: Array("longer than eight bytes ".utf8) + [0xFE],
      offset: 24,
      why: "a bad byte behind a long ASCII part"
    ),
  ]

  @Test(arguments: bad)
  func `the first bad byte is found wherever the text is split`(bad: Bad) {
    for split in 0...bad.bytes.count {
      #expect(check(bad.bytes, splitAt: split).bad == bad.offset)
    }
  }

  @Test func `text that stops inside a character may not end`() {
    let bytes = Array("🙂".utf8)
    for count in 1..<4 {
      let result = check(Array(bytes.prefix(count)), splitAt: 0)
      #expect(result.bad == nil)
      #expect(!result.ends)
    }
  }

  @Test func `random bytes are judged as the standard library judges them`() {
    var random = SeededGenerator(seed: 5)
    let alphabet: [UInt8] = [
      0x41, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xE1, 0xED, 0xF0, 0xF4,
    ]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      let split = Int.random(in: 0...bytes.count, using: &random)
      let result = check(bytes, splitAt: split)
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((result.bad == nil && result.ends) == isValid, "\(bytes)")
    }
  }

  @Test func `long damaged texts are judged the same at once and byte by byte`() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<5_000 {
      var bytes = Array(Self.long.utf8)
      bytes.removeLast(Int.random(in: 0...60, using: &random))
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255,
          using: &random
        )
      }
      var whole = UTF8Validator()
      let found = bytes.withUnsafeBytes { whole.firstInvalid(in: $0) }
      var slow = UTF8Validator()
      let expected = bytes.indices.first { index in
        bytes[index...index].withUnsafeBytes { slow.firstInvalid(in: $0) } != nil
      }
      #expect(found == expected, "\(bytes)")
      if found == nil { #expect(whole.isAtBoundary == slow.isAtBoundary, "\(bytes)") }
    }
  }
}
