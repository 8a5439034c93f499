import Contract
import JSON
import Testing

@testable import Pact

/// What XML bodies match what, beyond the case files of the specification.
struct XMLMatchingTests {
  struct Example: CustomTestStringConvertible {
    let expected: String
    let rules: JSONValue
    let actual: String
    let mismatches: [String]
    var testDescription: String { "\(expected) | \(rules.text()) | \(actual)" }

    init(_ expected: String, _ rules: JSONValue, _ actual: String, _ mismatches: String...) {
      self.expected = expected
      self.rules = rules
      self.actual = actual
      self.mismatches = mismatches
    }
  }

  private static func rule(_ path: String, _ matcher: JSONValue) -> JSONValue {
    .object([path: ["matchers": [matcher]]])
  }

  static let examples = [
    Example("<a>1</a>", [:], "<a> 1 </a>"),
    Example("<a>1</a>", [:], "<a>2</a>", "$.a['#text']: found '2', expected '1'"),
    Example("<a/>", [:], "<b/>", "$.a: found <b>, expected <a>"),
    Example("<a b='1'/>", [:], "<a c='1'/>", "$.a['@b']: the attribute 'b' is missing"),
    Example(
      "<a><b/><b/></a>",
      [:],
      "<a><b/></a>",
      "$.a.b[1]: the element <b> is missing; found 1 of 2"
    ),
    Example("<a><b/></a>", [:], "<a/>", "$.a.b: the element <b> is missing"),
    Example("<a><b>1</b><c>2</c></a>", [:], "<a><c>2</c><b>1</b><d/></a>"),
    Example(
      "<a xmlns='u'/>",
      [:],
      "<a xmlns='v'/>",
      "$['u:a']: found <a> of v, expected <a> of u"
    ),
    Example("<a xmlns='u' b='1'/>", [:], "<p:a xmlns:p='u' b='1'/>"),
    Example(
      "<a/>",
      [:],
      "",
      "$: found nothing, expected XML: line 1, column 1: no element was found"
    ),
    Example(
      "<a/>",
      [:],
      "<a>\n<b>",
      "$: found <a><b>, expected XML: line 2, column 4: the text ends inside <b>"
    ),
    Example(
      "<a",
      [:],
      "<a/>",
      "$: the example is no XML: line 1, column 3: found the end, expected '>' or '/>'"
    ),
    Example("<a><b>1</b></a>", rule("$.a", ["match": "type"]), "<a><b>x</b><b>y</b></a>"),
    Example(
      "<a><b>1</b></a>",
      rule("$.a", ["match": "type"]),
      "<a><b>x</b><c/></a>",
      "$.a.c: the element <c> is not expected"
    ),
    Example(
      "<a><b/></a>",
      rule("$.a", ["match": "type", "min": 2]),
      "<a><b/></a>",
      "$.a: found 1 child node, expected at least 2"
    ),
    Example(
      "<a><b><c/></b></a>",
      rule("$.a", ["match": "type", "max": 1]),
      "<a><b><c/><c/></b></a>"
    ),
    Example(
      "<a b='1'>x</a>",
      rule("$.a['@b']", ["match": "integer"]),
      "<a b='z'>x</a>",
      "$.a['@b']: found 'z', expected an integer"
    ),
    Example(
      "<a>2024-01-31</a>",
      rule("$.a['#text']", ["match": "date", "format": "yyyy-MM-dd"]),
      "<a>31.1.2024</a>",
      "$.a['#text']: found '31.1.2024', which is not of the form yyyy-MM-dd"
    ),
    Example(
      "<a>1.5</a>",
      rule("$.a.#text", ["match": "decimal"]),
      "<a>x</a>",
      "$.a['#text']: found 'x', expected a number"
    ),
    Example(
      "<a xmlns:p='urn:n' p:b='1'/>",
      rule("$.a['@urn:n:b']", ["match": "number"]),
      "<a xmlns:q='urn:n' q:b='12.5'/>"
    ),
    Example(
      "<a/>",
      rule("$.a", ["match": "integer"]),
      "<a/>",
      "$.a: found the element <a>, which 'integer' cannot judge",
    ),
    Example(
      "<a><b/></a>",
      rule("$.a", ["match": "notEmpty"]),
      "<a/>",
      "$.a: found <a> with nothing in it, expected something"
    ),
    // A place among the elements of one name.
    Example(
      "<a><b>1</b><b>2</b></a>",
      rule("$.a.b[1]['#text']", ["match": "regex", "regex": "\\d"]),
      "<a><b>7</b><b>8</b></a>",
      "$.a.b[0]['#text']: found '7', expected '1'"
    ),
    Example(
      "<a><b>1</b><b>2</b></a>",
      rule("$.a[0].b[*].#text", ["match": "regex", "regex": "\\d"]),
      "<a><b>7</b><b>8</b></a>"
    ),
    // A pattern on an element is asked of its name, unless only its text can be meant.
    Example(
      "<a>x</a>",
      rule("$.a", ["match": "regex", "regex": "[ab]"]),
      "<b>x</b>",
      "$.a['#text']: found 'x', which does not match [ab]"
    ),
    Example("<a>12</a>", rule("$.a", ["match": "regex", "regex": "\\d+"]), "<a>7</a>"),
    Example(
      "<a>200</a>",
      rule("$.a['#text']", ["match": "statusCode", "status": "success"]),
      "<a>404</a>",
      "$.a['#text']: found '404', expected a status code: \"success\""
    ),
  ]

  @Test(arguments: examples)
  func `an XML body matches its example or says where it does not`(example: Example) throws {
    let message = try Sample.message(
      .string(example.expected),
      type: "application/soap+xml",
      rules: ["body": example.rules]
    )
    let received = ReceivedMessage(bytes: Array(example.actual.utf8), isText: true)
    let found = Matching.mismatches(expected: message, actual: received).map(\.description)
    #expect(found == example.mismatches)
  }

  @Test func `a mismatch in XML has a pointer and the rule that it broke`() throws {
    let message = try Sample.message(
      "<a><b c='1'/><b c='2'/></a>",
      type: "text/xml",
      rules: ["body": ["$.a.b['@c']": ["matchers": [["match": "integer"]]]]]
    )
    let received = ReceivedMessage(bytes: Array("<a><b c='1'/><b c='x'/></a>".utf8), isText: true)
    let mismatch = try #require(Matching.mismatches(expected: message, actual: received).first)
    #expect(mismatch.pointer.description == "/a/b/1/@c")
    #expect(mismatch.rule == "integer at $.a.b['@c']")
    #expect(mismatch.expected == "2")
    #expect(mismatch.actual == "x")
  }

  @Test(arguments: [
    ("<?xml version='1.0'?><a/>", "application/xml"), ("<a>1</a>", "application/xml"),
    ("<a> and <b>", "text/plain"), ("a<b", "text/plain"),
  ])
  func `contents without a type are XML when they are well-formed`(
    text: String,
    type: String
  ) throws {
    let message = try Sample.message(object: ["contents": ["content": .string(text)]])
    #expect(message.contents.contentType == type)
  }

  @Test func `the excerpt of a document is one line`() {
    let received = ReceivedMessage(bytes: Array("<a>\n  <b>1\n 2</b>\n</a>\n".utf8), isText: true)
    #expect(received.excerpt == "<a><b>1 2</b></a>")
  }
}
