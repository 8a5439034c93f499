import Generation
import JSON
import Testing

struct WireTextTests {
  @Test func `each text is JSON, or not, as it says`() {
    for variant in WireText.variants(of: ["type": "ping", "n": [1, nil, "x"]]) {
      guard let expected = variant.isJSON else { continue }
      let isJSON = (try? JSONDocument(parsing: variant.bytes)) != nil
      #expect(isJSON == expected, "\(variant.label)")
    }
  }

  @Test func `the text is cut off at every token, and spaced out between all of them`() {
    let variants = WireText.variants(of: ["a,b": "x\\\"y", "n": [1, nil]])
    let texts = variants.map { String(decoding: $0.bytes, as: UTF8.self) }
    let whole = #"{"a,b":"x\\\"y","n":[1,null]}"#
    for end in [
      #"{"#, #"{""#, #"{"a,b""#, #"{"a,b":"#, #"{"a,b":"x\\\"y""#, #"{"a,b":"x\\\"y","n":["#,
      #"{"a,b":"x\\\"y","n":[1"#, #"{"a,b":"x\\\"y","n":[1,null"#, #"{"a,b":"x\\\"y","n":[1,null]"#,
    ] {
      #expect(texts.contains(end), "\(end)")
    }
    #expect(texts.contains(#"{"a,b":"x\\\"y","n":[1,null],}"#))
    let spaced = variants.first { $0.label.contains("between all tokens") }
    #expect(spaced.map { (try? JSONValue.parse($0.bytes))?.text() == whole } ?? false)
  }

  @Test(arguments: ["1", "[]", "{}", "\"a\\\\\"", "[[\"\\\"\"],{\"\":{\"b\":[]}}]"])
  func `texts of any shape are judged rightly`(text: String) throws {
    for variant in WireText.variants(of: try JSONValue.parse(text)) {
      guard variant.bytes.count < 9_999, let expected = variant.isJSON else { continue }
      let isJSON = (try? JSONDocument(parsing: variant.bytes)) != nil
      #expect(isJSON == expected, "\(variant.label)")
    }
  }
}
