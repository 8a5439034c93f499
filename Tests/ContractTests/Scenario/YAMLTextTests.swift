import Contract
import JSON
import Testing
import YAML

struct YAMLTextTests {
  @Test func `a value is laid out in blocks, small lists on one line`() throws {
    let value = try JSONValue.parse(
      #"""
      {"name":"x y","on":true,"empty":{},"none":[],"ids":["a","5b"],"deep":[{"a":1,"b":{"c":null}},[1]],
       "text":"two\nlines","number":1.50,"no":"no","~":"~"}
      """#
    )
    let expected = """
      name: x y
      on: true
      empty: {}
      none: []
      ids: [a, "5b"]
      deep:
        - a: 1
          b:
            c: null
        - - 1
      text: "two\\nlines"
      number: 1.50
      no: "no"
      "~": "~"

      """
    #expect(YAMLText.text(of: value) == expected)
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `what is written reads back as the same value`(seed: UInt64) throws {
    var generator = ValueGenerator(seed: seed)
    let value = JSONValue.object(generator.object(depth: 5))
    let text = YAMLText.text(of: value)
    let read = try DocumentReader.parse(text: text, file: "value.yaml").value
    #expect(read.text().utf8.elementsEqual(value.text().utf8))
  }

  @Test(arguments: [["a": ["\u{FEFF}b"]], ["\u{E9}": 1, "e\u{301}": 2]] as [JSONValue])
  func `what readers of YAML get wrong is written as JSON`(value: JSONValue) throws {
    let text = YAMLText.text(of: value)
    #expect(text.hasPrefix("{"))
    #expect(try DocumentReader.parse(text: text, file: "mark.yaml").value == value)
  }

  @Test func `deep values go on one line from some level on`() throws {
    var value: JSONValue = 1
    for level in 0..<200 {
      value = level.isMultiple(of: 2) ? .array([value]) : .object(["a": value])
    }
    let text = YAMLText.text(of: value)
    #expect(text.utf8.count < 10_000)
    #expect(try YAMLReader.parse(text, file: "deep.yaml").value == value)
  }

  @Test func `a name that is too long to stand before a colon is written all the same`() throws {
    let name = String(repeating: "n", count: 5_000)
    let value: JSONValue = [name: ["a": [name: 1]], "b": [[name: [2]]]]
    #expect(try YAMLReader.parse(YAMLText.text(of: value), file: "long.yaml").value == value)
  }
}
