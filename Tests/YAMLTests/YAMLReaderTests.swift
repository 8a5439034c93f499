import JSON
import TestSupport
import Testing
import YAML

struct YAMLReaderTests {
  struct Example: CustomTestStringConvertible {
    let yaml: String
    let json: String
    var testDescription: String { yaml.debugDescription }

    init(_ yaml: String, _ json: String) {
      self.yaml = yaml
      self.json = json
    }
  }

  /// Spec: YAML 1.2.2 §10.3.2.
  static let scalars = [
    Example("", "null"), Example("# only a comment\n", "null"), Example("---\n", "null"),
    Example("null", "null"), Example("~", "null"), Example("Null", "null"), Example("NULL", "null"),
    Example("nULL", #""nULL""#), Example("'null'", #""null""#), Example("\"~\"", #""~""#),
    Example("true", "true"), Example("True", "true"), Example("FALSE", "false"),
    Example("yes", #""yes""#), Example("no", #""no""#), Example("on", #""on""#),
    Example("Off", #""Off""#), Example("y", #""y""#), Example("tRUE", #""tRUE""#),
    Example("0", "0"), Example("-0", "-0"), Example("12", "12"), Example("-12", "-12"),
    Example("+12", "12"), Example("007", "7"), Example("-007", "-7"), Example("00", "0"),
    Example("0o17", "15"), Example("0o8", #""0o8""#), Example("0x1F", "31"), Example("0xfF", "255"),
    Example("0xFFFFFFFFFFFFFFFFFFFF", "1208925819614629174706175"), Example("0x", #""0x""#),
    Example("-0x1", #""-0x1""#), Example("0b11", #""0b11""#), Example("1_000", #""1_000""#),
    Example("1.50", "1.50"), Example("1e3", "1e3"), Example("1.5E+10", "1.5E+10"),
    Example(".5", "0.5"), Example("-.5", "-0.5"), Example("+.5e1", "0.5e1"), Example("1.", "1.0"),
    Example("1.e3", "1.0e3"), Example("01.5", "1.5"), Example(".", #"".""#), Example("-", "[null]"),
    Example("-.", #""-.""#), Example("+", #""+""#), Example("1e", #""1e""#),
    Example("e1", #""e1""#),
    Example("1.2.3", #""1.2.3""#), Example("3.0.0", #""3.0.0""#),
    Example("12:30:45", #""12:30:45""#),
    Example("2026-01-02", #""2026-01-02""#),
    Example("2026-01-02T03:04:05Z", #""2026-01-02T03:04:05Z""#),
    Example("123456789012345678901234567890", "123456789012345678901234567890"),
    Example("1e400", "1e400"), Example("٣", #""٣""#), Example("1٣", #""1٣""#),
    Example("plain text", #""plain text""#), Example("\"\\u00e9\\n\\x41\"", #""é\nA""#),
    Example("|\n a\n  b\n", #""a\n b\n""#), Example(">-\n a\n b\n", #""a b""#),
    Example("!!str 12", #""12""#), Example("!!int 12", "12"), Example("!!int 1.0", "1.0"),
    Example("!!float 1", "1"), Example("!!null ''", "null"), Example("!!bool true", "true"),
    Example("!!binary aGk=", #""aGk=""#), Example("!!timestamp 2026-01-02", #""2026-01-02""#),
  ]

  @Test(arguments: scalars)
  func `scalars have the types of the core schema`(example: Example) throws {
    #expect(try YAMLReader.parse(example.yaml).value.text() == example.json)
  }

  static let structures = [
    Example("a: 1\nb:\n  - x\n  - {c: 2.50}\n", #"{"a":1,"b":["x",{"c":2.50}]}"#),
    Example("a:\nb: {}\nc: []\n", #"{"a":null,"b":{},"c":[]}"#),
    Example("b: 1\na: 2\n", #"{"b":1,"a":2}"#),
    Example(
      "1: one\ntrue: yes\nnull: nothing\n0x10: x\n1.50: y\n",
      #"{"1":"one","true":"yes","null":"nothing","0x10":"x","1.50":"y"}"#
    ),
    Example("\"1\": a\n", #"{"1":"a"}"#),
    Example("- - 1\n  - 2\n- 3\n", "[[1,2],3]"),
    Example("base: &b {x: 1}\nuse: *b\n", #"{"base":{"x":1},"use":{"x":1}}"#),
    Example("list: [&a 1, *a, &a 2, *a]\n", #"{"list":[1,1,2,2]}"#),
    Example(
      "b: &b {x: 1, y: 2}\nc:\n  <<: *b\n  y: 3\n",
      #"{"b":{"x":1,"y":2},"c":{"x":1,"y":3}}"#
    ),
    Example(
      "b: &b {x: 1, y: 2}\nc:\n  y: 3\n  <<: *b\n",
      #"{"b":{"x":1,"y":2},"c":{"y":3,"x":1}}"#
    ),
    Example(
      "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b], z: 3}\n",
      #"{"a":{"x":1},"b":{"x":2,"y":2},"c":{"x":1,"y":2,"z":3}}"#
    ),
    Example(
      "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\n",
      #"{"a":{"x":1},"b":{"x":1,"y":2},"c":{"x":1,"y":2}}"#
    ),
    Example("'<<': 1\n", #"{"<<":1}"#),
    Example("%YAML 1.2\n---\na: 1\n...\n", #"{"a":1}"#),
    Example("\u{FEFF}a: 1\n", #"{"a":1}"#),
    Example("a: 1\r\nb: 2\r\n", #"{"a":1,"b":2}"#),
    Example("!!map {a: !!seq [1]}", #"{"a":[1]}"#),
    Example("? a\n: 1\n", #"{"a":1}"#),
  ]

  @Test(arguments: structures)
  func `mappings and lists become objects and arrays`(example: Example) throws {
    #expect(try YAMLReader.parse(example.yaml).value.text() == example.json)
  }

  @Test func `composed and decomposed text stay two texts`() throws {
    let value = try YAMLReader.parse("[\"\u{E9}\", \"e\u{301}\"]").value
    #expect(value[0] != value[1])
  }

  static let text = """
    é:
      - 1
      - b: |
          text
        "c": [x, {d: e}]
    base: &base
      x: 1
    derived:
      <<: *base
      y: *base
    """

  static let places: [(pointer: String, value: String, key: String)] = [
    ("", "1:1", "1:1"), ("/é", "2:3", "1:1"), ("/é/0", "2:5", "2:5"), ("/é/1", "3:5", "3:5"),
    ("/é/1/b", "3:8", "3:5"), ("/é/1/c", "5:10", "5:5"), ("/é/1/c/1/d", "5:18", "5:15"),
    ("/base/x", "7:6", "7:3"), ("/derived/x", "7:6", "7:3"), ("/derived/y", "6:7", "10:3"),
    ("/derived/y/x", "7:6", "7:3"), ("/nothing/here", "1:1", "1:1"),
  ]

  @Test(arguments: places)
  func `each value and name has its place`(pointer: String, value: String, key: String) throws {
    let read = try YAMLReader.parse(Self.text, file: "t.yaml")
    let path = try #require(JSONPointer(pointer))
    #expect(read.location(of: path).description == "t.yaml:" + value)
    #expect(read.keyLocation(of: path).description == "t.yaml:" + key)
  }
}
