import JSON
import TestSupport
import Testing

struct JSONDifferenceTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let expected: String
    let actual: String
    let lines: [String]
    var testDescription: String { why }
  }

  static let examples = [
    Example(why: "equal values", expected: "[1,{}]", actual: "[1.0,{}]", lines: []),
    Example(
      why: "members in another order",
      expected: #"{"a":1,"b":2}"#,
      actual: #"{"b":2,"a":1}"#,
      lines: []
    ),
    Example(why: "another value", expected: "1", actual: "2", lines: ["expected 1, found 2"]),
    Example(
      why: "another type",
      expected: #"{"a":1}"#,
      actual: #"{"a":"1"}"#,
      lines: [#"/a: expected the number 1, found the string "1""#]
    ),
    Example(
      why: "null for an object",
      expected: #"{"a":{}}"#,
      actual: #"{"a":null}"#,
      lines: ["/a: expected the object {}, found the value null"]
    ),
    Example(
      why: "a missing and an unexpected member",
      expected: #"{"a":1,"b":[2]}"#,
      actual: #"{"a":1,"B":[2]}"#,
      lines: ["/b: missing, expected [2]", "/B: unexpected [2]"]
    ),
    Example(
      why: "an item inserted in the middle",
      expected: "[1,2,3,4]",
      actual: "[1,2,9,3,4]",
      lines: ["/2: unexpected 9"]
    ),
    Example(
      why: "an item removed from the middle",
      expected: "[1,2,3,4]",
      actual: "[1,2,4]",
      lines: ["/2: missing, expected 3"]
    ),
    Example(
      why: "an item changed",
      expected: "[1,2,3]",
      actual: "[1,5,3]",
      lines: ["/1: expected 2, found 5"]
    ),
    Example(
      why: "an object changed, and one like none inserted before it",
      expected: #"[{"id":1,"name":"a"},{"id":2,"name":"b"}]"#,
      actual: #"[{"id":1,"name":"a"},{"kind":"new"},{"id":2,"name":"B"}]"#,
      lines: [#"/1: unexpected {"kind":"new"}"#, #"/2/name: expected "b", found "B""#]
    ),
    Example(
      why: "items moved",
      expected: "[1,2,3]",
      actual: "[3,1,2]",
      lines: ["/0: unexpected 3", "/3: missing, expected 3"]
    ),
    Example(
      why: "composed and decomposed text",
      expected: "\"\u{E9}\"",
      actual: "\"e\u{301}\"",
      lines: ["expected \"\u{E9}\", found \"e\u{301}\""]
    ),
    Example(
      why: "names with slashes",
      expected: #"{"a/b":{"~":1}}"#,
      actual: #"{"a/b":{"~":2}}"#,
      lines: ["/a~1b/~0: expected 1, found 2"]
    ),
  ]

  @Test(arguments: examples)
  func `differences are found where they are`(example: Example) throws {
    let expected = try JSONValue.parse(example.expected)
    let actual = try JSONValue.parse(example.actual)
    let differences = JSONDifference.between(expected: expected, actual: actual)
    #expect(differences.map(\.description) == example.lines)
  }

  @Test func `long values are shortened and long lists cut`() {
    let long = JSONValue.string(String(repeating: "x", count: 10_000))
    let expected = JSONValue.array(Array(repeating: long, count: 40))
    let actual = JSONValue.array(Array(repeating: 1, count: 40))
    let text = JSONDifference.between(expected: expected, actual: actual).text(maximumLines: 3)
    #expect(text.utf8.count < 1000)
    #expect(text.hasSuffix("and 37 more differences"))
  }

  @Test func `a value differs from itself nowhere, and from a changed copy somewhere`() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<300 {
      let value = GeneratedValue.make(using: &random)
      let other = GeneratedValue.make(using: &random)
      #expect(JSONDifference.between(expected: value, actual: value).isEmpty)
      let differences = JSONDifference.between(expected: value, actual: other)
      #expect(differences.isEmpty == (value == other))
      for difference in differences {
        if difference.kind != .unexpected {
          #expect(value[difference.expectedPointer] == difference.expected)
        }
        if difference.kind != .missing {
          #expect(other[difference.pointer] == difference.actual)
        }
      }
    }
  }
}
