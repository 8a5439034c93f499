import JSON
import Testing

struct StringBytesTests {
  @Test(arguments: [
    ("", "", true), ("a", "", true), ("", "a", false), ("abc", "abc", true),
    ("abc", "bc", true), ("aab", "ab", true), ("abc", "abcd", false), ("abc", "ac", false),
    ("caf\u{E9}", "\u{E9}", true), ("cafe\u{301}", "\u{E9}", false),
    ("a longer text than fits in a word", "word", true),
  ])
  func `bytes are found where they stand`(text: String, part: String, isThere: Bool) {
    #expect(text.hasBytes(of: part) == isThere)
  }

  @Test(arguments: 0...40)
  func `texts are the same when every byte is`(count: Int) {
    let text = String(repeating: "x", count: count)
    #expect(text.hasSameBytes(as: String(repeating: "x", count: count)))
    #expect(text.byteDigest == String(repeating: "x", count: count).byteDigest)
    for place in 0..<count {
      var other = Array(text.utf8)
      other[place] = UInt8(ascii: "y")
      let changed = String(decoding: other, as: UTF8.self)
      #expect(!text.hasSameBytes(as: changed))
      #expect(text.byteDigest != changed.byteDigest)
    }
    #expect(!text.hasSameBytes(as: text + "x"))
  }
}
