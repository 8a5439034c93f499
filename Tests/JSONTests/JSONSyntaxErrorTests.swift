import JSON
import Testing

struct JSONSyntaxErrorTests {
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
    Example("", "1:1: error: the text is empty; a JSON value was expected"),
    Example(" \n\t", "2:2: error: the text is empty; a JSON value was expected"),
    Example("[", "1:2: error: found the end of the text, expected a value or ']'"),
    Example("[1", "1:3: error: found the end of the text, expected ',' or ']'"),
    Example("[1 2]", "1:4: error: found '2', expected ',' or ']'"),
    Example("[1}", "1:3: error: found '}', expected ',' or ']'"),
    Example(
      "[1,]",
      "1:4: error: a comma before the closing bracket; remove it or add what should follow"
    ),
    Example("[,1]", "1:2: error: found ',', expected a value or ']'"),
    Example("{", "1:2: error: found the end of the text, expected a name in double quotes or '}'"),
    Example(#"{"a"}"#, "1:5: error: found '}', expected ':' after the name"),
    Example(#"{"a" 1}"#, "1:6: error: found '1', expected ':' after the name"),
    Example(#"{"a":}"#, "1:6: error: found '}', expected a value"),
    Example(#"{"a":1"#, "1:7: error: found the end of the text, expected ',' or '}'"),
    Example(#"{"a":1 "b":2}"#, "1:8: error: found '\"', expected ',' or '}'"),
    Example(
      #"{"a":1,}"#,
      "1:8: error: a comma before the closing bracket; remove it or add what should follow"
    ),
    Example("{1:2}", "1:2: error: the name '1' needs double quotes: \"1\""),
    Example("{name:2}", "1:2: error: the name 'name' needs double quotes: \"name\""),
    Example("{'a':1}", "1:2: error: single quotes; JSON strings stand in double quotes"),
    Example("['a']", "1:2: error: single quotes; JSON strings stand in double quotes"),
    Example("// x\n1", "1:1: error: a comment; JSON has none"),
    Example("[1] // x", "1:5: error: a comment; JSON has none"),
    Example("[/* x */]", "1:2: error: a comment; JSON has none"),
    Example("tru", "1:1: error: 'tru' is no JSON value; did you mean true?"),
    Example("[True]", "1:2: error: 'True' is no JSON value; did you mean true?"),
    Example("None", "1:1: error: 'None' is no JSON value; did you mean null?"),
    Example("NaN", "1:1: error: 'NaN' is no JSON value; did you mean null (JSON has no NaN)?"),
    Example(
      "-Infinity",
      "1:1: error: '-Infinity' is no JSON value; did you mean null (JSON has no such number)?"
    ),
    Example("hello", "1:1: error: 'hello' is no JSON value; did you mean the string \"hello\"?"),
    Example("01", "1:1: error: a number with a leading zero; remove the zero or quote the text"),
    Example("-01", "1:2: error: a number with a leading zero; remove the zero or quote the text"),
    Example("+1", "1:1: error: a number with a plus sign; remove the sign"),
    Example(".5", "1:1: error: a number without a digit before the point; write 0 before it"),
    Example("1.", "1:3: error: a number without a digit after the point"),
    Example("1.e3", "1:3: error: a number without a digit after the point"),
    Example("1e", "1:3: error: a number without a digit in its exponent"),
    Example("1e-", "1:4: error: a number without a digit in its exponent"),
    Example("[-]", "1:3: error: a minus sign without a digit after it"),
    Example("0x1F", "1:2: error: found 'x1F' after the end of the value, expected nothing"),
    Example("1 2", "1:3: error: found '2' after the end of the value, expected nothing"),
    Example("{}}", "1:3: error: found '}' after the end of the value, expected nothing"),
    Example("\"abc", "1:1: error: the string has no closing quote"),
    Example("[\"abc]", "1:2: error: the string has no closing quote"),
    Example("\"a\\\"", "1:1: error: the string has no closing quote"),
    Example("[\"a\\\\\", \"b", "1:9: error: the string has no closing quote"),
    Example("\"a\nb\"", "1:3: error: a line break in a string; write \\n, or close the string"),
    Example("\"a\tb\"", "1:3: error: a tab in a string; write \\t"),
    Example("\"\u{1}\"", "1:2: error: control character U+0001 in a string; write \\u0001"),
    Example(
      "\"\\x41\"",
      #"1:2: error: a backslash before 'x'; write \\ for a backslash, or one of \" \/ \b \f \n \r \t \u"#
    ),
    Example(
      "\"\\",
      #"1:2: error: a backslash before the end of the text; write \\ for a backslash, or one of \" \/ \b \f \n \r \t \u"#
    ),
    Example(
      #""\u12G4""#,
      "1:6: error: found 'G' in an escape, expected four hexadecimal digits after \\u"
    ),
    Example(
      #""\u12"#,
      "1:6: error: found the end of the text in an escape, expected four hexadecimal digits after \\u"
    ),
    Example(#""\uD800""#, "1:2: error: \\ud800 is half a surrogate pair and names no character"),
    Example(#""é\udc00x""#, "1:3: error: \\udc00 is half a surrogate pair and names no character"),
    Example(
      #""\ud800\u0041""#,
      "1:2: error: \\ud800 is half a surrogate pair and names no character"
    ),
    Example("\u{FEFF}1", "1:1: error: a byte order mark; save the file as UTF-8 without it"),
    Example("[\n  1,\n  é\n]", "3:3: error: found 'é' (U+00E9), expected a value"),
    Example("[\u{A0}1]", "1:2: error: found U+00A0, expected a value or ']'"),
  ]

  @Test(arguments: examples)
  func `a wrong text gets a message that says where and what`(example: Example) {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONValue.parse(example.text, file: "x.json")
    }
    #expect(error?.description == "x.json:" + example.message)
  }

  static let notUTF8: [(bytes: [UInt8], column: Int, byte: String)] = [
    ([0x22, 0xFF, 0x22], 2, "0xFF"),
    ([0x22, 0xC3, 0x22], 2, "0xC3"),
    ([0x22, 0xC0, 0x80, 0x22], 2, "0xC0"),
    ([0x22, 0xED, 0xA0, 0x80, 0x22], 2, "0xED"),
    ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 2, "0xF4"),
    ([0x22, 0xE2, 0x82], 2, "0xE2"),
    ([0x5B, 0x80, 0x5D], 2, "0x80"),
  ]

  @Test(arguments: notUTF8)
  func `bytes that are not UTF-8 are refused`(bytes: [UInt8], column: Int, byte: String) {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONValue.parse(bytes, file: "x.json")
    }
    #expect(error?.description == "x.json:1:\(column): error: byte \(byte) is not UTF-8 here")
  }

  @Test func `a text that has lost its end is told from one that is wrong before it`() throws {
    let text = #"{"a": [-1.5e+3, true, null, "\ud83d\ude00 é€😀 \n\u00e9", false], "b": {}}"#
    let whole = Array(text.utf8)
    for count in 1..<whole.count {
      let cut = Array(whole[..<count])
      let error = #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(cut) }
      #expect(error?.isCutOff(in: cut) == true, "after \(count) bytes")
    }
    let wrong = [
      "", " ", "[1 2", "[tru]", "[truth", "hello", "[-]", "[1.]", #"{"a"}"#, "[1,]", "[]]",
      #"["\ud83d"]"#, #"["\ud83dx"#, #"["\q"#, #"["\u00g"#, "[01", "{a",
    ]
    for text in wrong {
      let bytes = Array(text.utf8)
      let error = #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(bytes) }
      #expect(error?.isCutOff(in: bytes) == false, "\(text)")
    }
    let broken: [UInt8] = [0x22, 0xE2, 0x82, 0x22]
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(broken) }
    #expect(error?.isCutOff(in: broken) == false)
  }

  @Test func `half a surrogate pair can be let pass as a replacement character`() throws {
    let options = JSONReaderOptions(loneSurrogates: .replaced)
    let value = try JSONValue.parse(
      #"["\ud800", "\udc00x", "\ud800\ud800\udc00"]"#,
      options: options
    )
    #expect(value == ["\u{FFFD}", "\u{FFFD}x", "\u{FFFD}\u{10000}"])
  }

  @Test func `a byte order mark can be let pass`() throws {
    let options = JSONReaderOptions(allowsByteOrderMark: true)
    #expect(try JSONValue.parse("\u{FEFF}[1]", options: options) == [1])
  }

  @Test func `a text larger than the limit is refused`() {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONValue.parse("[1,2,3]", options: JSONReaderOptions(maximumBytes: 5))
    }
    #expect(error?.reason == .size(bytes: 7, limit: 5))
  }

  @Test(arguments: [1, 2, 512])
  func `nesting is allowed up to the limit and not beyond`(limit: Int) throws {
    let options = JSONReaderOptions(maximumDepth: limit)
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSONValue.parse(nested(limit), options: options)
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONValue.parse(nested(limit + 1), options: options)
    }
    #expect(error?.reason == .nesting(limit: limit))
    #expect(error?.byteOffset == limit)
  }
}
