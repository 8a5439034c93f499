import Testing

@testable import WebSocket

struct WebSocketExtensionTests {
  struct Example: CustomTestStringConvertible {
    let values: [String]
    /// What is read, written again; nil: nothing can be read.
    let read: [String]?
    let why: String
    var testDescription: String { why }
  }

  static let examples = [
    Example(values: [], read: [], why: "no field"),
    Example(values: ["foo"], read: ["foo"], why: "a name alone"),
    Example(
      values: ["foo, bar; baz=2"],
      read: ["foo", "bar; baz=2"],
      why: "the example of section 9.1"
    ),
    Example(values: ["foo", "bar; baz=2"], read: ["foo", "bar; baz=2"], why: "two fields"),
    Example(values: ["a ;b = 1 ; c\t,d"], read: ["a; b=1; c", "d"], why: "blanks everywhere"),
    Example(values: [#"a; b="1""#], read: ["a; b=1"], why: "a value in quotes"),
    Example(values: [#"a; b="\1\2""#], read: ["a; b=12"], why: "a value with escapes"),
    Example(values: ["a,,b,"], read: ["a", "b"], why: "empty elements"),
    Example(values: [#"a; b="1, 2""#], read: nil, why: "quotes with more than a token"),
    Example(values: [#"a; b="""#], read: nil, why: "nothing in quotes"),
    Example(values: [#"a; b="1"#], read: nil, why: "a quote that does not end"),
    Example(values: [#"a; b="1\"#], read: nil, why: "an escape of nothing"),
    Example(values: ["a; b="], read: nil, why: "no value"),
    Example(values: ["a;"], read: nil, why: "no parameter"),
    Example(values: ["; a"], read: nil, why: "no name"),
    Example(values: ["a b"], read: nil, why: "two names"),
    Example(values: ["a=1"], read: nil, why: "a value for the name"),
    Example(values: ["a; b=1 2"], read: nil, why: "two values"),
  ]

  @Test(arguments: examples)
  func `extensions are read by the grammar of RFC 6455 section 9_1`(example: Example) {
    let headers = example.values.map { HeaderField("sec-websocket-extensions", $0) }
    let read = try? WebSocketExtension.parse(headers)
    #expect(read?.map(\.description) == example.read)
  }
}
