import JSON
import TestSupport
import Testing
import YAML

struct YAMLSyntaxErrorTests {
  struct Example: CustomTestStringConvertible {
    let text: String
    let message: String
    var testDescription: String { text.debugDescription }

    init(_ text: String, _ message: String) {
      self.text = text
      self.message = message
    }
  }

  static let examples = [
    Example(
      "a: 1\na: 2\n",
      "2:1: error: the name 'a' stands twice in this mapping; it was first given at 1:1"
    ),
    Example(
      "x:\n  {k: 1, m: 2, k: 3}\n",
      "2:16: error: the name 'k' stands twice in this mapping; it was first given at 2:4"
    ),
    Example(
      "\"a\": 1\nb: 2\na: 3\n",
      "3:1: error: the name 'a' stands twice in this mapping; it was first given at 1:1"
    ),
    Example(
      "1: a\n\"1\": b\n",
      "2:1: error: the name '1' stands twice in this mapping; it was first given at 1:1"
    ),
    Example(
      "a: 1\na: 2\na: 3\n",
      "2:1: error: the name 'a' stands twice in this mapping; it was first given at 1:1"
    ),
    Example(
      "a: 1\nb: 1\nb: 2\na: 2\n",
      "4:1: error: the name 'a' stands twice in this mapping; it was first given at 1:1"
    ),
    Example("a: *x\n", "1:4: error: the alias '*x' has no anchor '&x' before it"),
    Example("a: &x [*x]\n", "1:8: error: the alias '*x' has no anchor '&x' before it"),
    Example(
      "a: 1\n---\nb: 2\n",
      "2:1: error: a second document begins here; expected one document in the file"
    ),
    Example("? [a, b]\n: 1\n", "1:3: error: a list or mapping as a name; expected text"),
    Example("a: &a x\n*a : 1\n", "2:1: error: an alias as a name; write the name out"),
    Example(
      "a: &a [x]\nb: {? [*a] : 1}\n",
      "2:7: error: a list or mapping as a name; expected text"
    ),
    Example("a: .inf\n", "1:4: error: '.inf' has no JSON value; quote it if text is meant"),
    Example("[-.Inf]\n", "1:2: error: '-.Inf' has no JSON value; quote it if text is meant"),
    Example("a: .NaN\n", "1:4: error: '.NaN' has no JSON value; quote it if text is meant"),
    Example(
      "a: !custom x\n",
      "1:4: error: the tag '!custom' has no meaning here; expected none, or one such as !!str"
    ),
    Example(
      "a: !!python/object x\n",
      "1:4: error: the tag '!!python/object' has no meaning here; expected none, or one such as !!str"
    ),
    Example(
      "!!str [1]\n",
      "1:1: error: the tag '!!str' has no meaning here; expected none, or one such as !!str"
    ),
    Example("a: !!int x\n", "1:4: error: 'x' is no whole number"),
    Example("a: !!int 1.5\n", "1:4: error: '1.5' is no whole number"),
    Example("a: !!bool 1\n", "1:4: error: '1' is no Boolean"),
    Example(
      "a: {<<: 1}\n",
      "1:9: error: '<<' merges mappings; expected an alias of a mapping, or a list of those"
    ),
    Example(
      "a: {<<: [1]}\n",
      "1:10: error: '<<' merges mappings; expected an alias of a mapping, or a list of those"
    ),
    Example("a:\n\tb: 1\n", "2:1: error: a tab; YAML indents with spaces"),
    Example("a: @x\n", "1:4: error: text may not begin with '@'; quote it"),
    Example("a: `x`\n", "1:4: error: text may not begin with '`'; quote it"),
    Example("a: %x\n", "1:4: error: text may not begin with '%'; quote it"),
    Example(
      "a: b: c\n",
      "1:5: error: a ':' that makes no mapping here; quote the text or check the indentation"
    ),
    Example("a: \"x\n", "1:4: error: the quoted text has no closing quote"),
    Example("a: 'x\nb: 1\n", "1:4: error: the quoted text has no closing quote"),
    Example("a: [1, 2\nb: 1\n", "2:2: error: expected ',' or ']' in what begins at 1:4"),
    Example("a: {b: 1\nc: 2\n", "2:2: error: expected ',' or '}' in what begins at 1:4"),
    Example(
      "a: 1\n  b: 2\n",
      "2:4: error: a ':' that makes no mapping here; quote the text or check the indentation"
    ),
    Example(
      "a:\n  - 1\n  b: 2\n",
      "3:3: error: expected '-' here; check the indentation in what begins at 2:3"
    ),
    Example("a: 1\nb\nc: 2\n", "3:1: error: expected ':' after the name on the line before"),
    Example(
      "a: - 1\n",
      "1:4: error: a '-' that begins no list here; put it on its own line or quote the text"
    ),
    Example("a: \"\\q\"\n", "1:5: error: a backslash before a character that it does not escape"),
    Example(
      "a: \u{1}\n",
      "1:4: error: U+0001 may not stand in YAML; write it as an escape in double quotes"
    ),
    Example(
      "é: 1\nb: \u{7}",
      "2:4: error: U+0007 may not stand in YAML; write it as an escape in double quotes"
    ),
    Example(
      "a: *\n",
      "1:5: error: expected a name after '*' or '&'; quote the text if none is meant"
    ),
    Example(
      "%YAML 3.0\n---\na\n",
      "1:1: error: the file wants a YAML version other than 1.1 or 1.2"
    ),
    Example("!x!y z\n", "1:1: error: the tag has a handle that no %TAG line explains"),
  ]

  @Test(arguments: examples)
  func `a wrong text gets a message that says where and what`(example: Example) {
    let error = #expect(throws: YAMLSyntaxError.self) {
      try YAMLReader.parse(example.text, file: "t.yaml")
    }
    #expect(error?.description == "t.yaml:" + example.message)
  }

  @Test func `aliases cannot blow a document up`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    let reader = YAMLReader(maximumValues: 10_000)
    let error = #expect(throws: YAMLSyntaxError.self) { try reader.parse(text, file: "bomb.yaml") }
    #expect(error?.reason == .expansion(limit: 10_000))
    for name in ["? *a9\n: x", "? [*a9, *a9]\n: x", "*a9 : x", "d: 1\nd: *a9"] {
      #expect(throws: YAMLSyntaxError.self) { try reader.parse(text + name, file: "bomb.yaml") }
    }
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func `nesting is allowed up to a limit and not beyond`(opening: String) throws {
    for depth in [600, 100_000] {
      let text = String(repeating: opening, count: depth)
      #expect(throws: YAMLSyntaxError.self) { try YAMLReader.parse(text) }
    }
    let closed = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    let error = #expect(throws: YAMLSyntaxError.self) { try YAMLReader.parse(closed) }
    #expect(error?.reason == .nesting(limit: 512))
    let fitting = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect(try YAMLReader.parse(fitting).value.text() == fitting)
  }

  @Test func `random texts are refused or read, never worse`() {
    var random = SplitMix64(seed: 21)
    let pieces = [
      "a", "b", ": ", ":", "\n", "  ", "- ", "[", "]", "{", "}", ", ", "&x ", "*x", "<<", "!!str ",
      "|", ">", "'", "\"", "#", "?", "---\n", "...\n", "%", "\t", "1", "~", "é", "\\", "@",
    ]
    for _ in 0..<5_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...16, using: &random) {
        text += pieces.randomElement(using: &random) ?? ""
      }
      do {
        let read = try YAMLReader.parse(text, file: "r.yaml")
        #expect((try? JSONValue.parse(read.value.text())) == read.value)
      } catch {
        #expect(error.description.hasPrefix("r.yaml:"))
      }
    }
  }
}
