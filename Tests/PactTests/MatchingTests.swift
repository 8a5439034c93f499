import Contract
import JSON
import Testing

@testable import Pact

/// What rules accept and refuse, and how mismatches are told.
struct MatchingTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let expected: JSONValue
    var rules: JSONValue = [:]
    let actual: JSONValue
    var mismatches: [String] = []
    var testDescription: String { why }
  }

  private static func rule(_ path: String, _ matchers: JSONValue...) -> JSONValue {
    .object([path: ["matchers": .array(matchers)]])
  }

  private static func either(_ path: String, _ matchers: JSONValue...) -> JSONValue {
    .object([path: ["combine": "OR", "matchers": .array(matchers)]])
  }

  static let withoutRules = [
    Example(why: "equal values match", expected: ["a": 1], actual: ["a": 1]),
    Example(why: "further members are allowed", expected: ["a": 1], actual: ["a": 1, "b": 2]),
    Example(
      why: "another value is a mismatch",
      expected: ["a": 1],
      actual: ["a": 2],
      mismatches: ["$.a: found 2 (integer), expected 1 (integer)"]
    ),
    Example(
      why: "a renamed member is told at its own path",
      expected: ["messages": [["sent_at": "x"]]],
      actual: ["messages": [["sentAt": "x"]]],
      mismatches: ["$.messages[0].sent_at: the member 'sent_at' is missing; found 'sentAt' instead"]
    ),
    Example(
      why: "arrays have the same length",
      expected: [1, 2],
      actual: [1],
      mismatches: ["$: found 1 items, expected 2"]
    ),
    Example(
      why: "an object is no array",
      expected: ["a": [1]],
      actual: ["a": ["b": 1]],
      mismatches: [#"$.a: found {"b":1} (object), expected an array"#]
    ),
    Example(
      why: "null is not nothing",
      expected: ["a": nil],
      actual: [:],
      mismatches: ["$.a: the member 'a' is missing"]
    ),
  ]

  static let scalars = [
    Example(
      why: "integer takes digits up to 2^64 - 1",
      expected: ["a": 1],
      rules: rule("$.a", ["match": "integer"]),
      actual: ["a": .number(JSONNumber("18446744073709551615") ?? 0)]
    ),
    Example(
      why: "integer refuses 1.0",
      expected: ["a": 1],
      rules: rule("$.a", ["match": "integer"]),
      actual: ["a": .number(JSONNumber("1.0") ?? 0)],
      mismatches: ["$.a: found 1.0 (decimal), expected an integer"]
    ),
    Example(
      why: "decimal takes an exponent",
      expected: ["a": 1],
      rules: rule("$.a", ["match": "decimal"]),
      actual: ["a": .number(JSONNumber("1e5") ?? 0)]
    ),
    Example(
      why: "number refuses a text",
      expected: ["a": 1],
      rules: rule("$.a", ["match": "number"]),
      actual: ["a": "1"],
      mismatches: [#"$.a: found "1" (string), expected a number"#]
    ),
    Example(
      why: "boolean takes a text",
      expected: ["a": true],
      rules: rule("$.a", ["match": "boolean"]),
      actual: ["a": "false"]
    ),
    Example(
      why: "notEmpty takes any type",
      expected: ["a": "x"],
      rules: rule("$.a", ["match": "notEmpty"]),
      actual: ["a": 0]
    ),
    Example(
      why: "notEmpty refuses an empty text",
      expected: ["a": "x"],
      rules: rule("$.a", ["match": "notEmpty"]),
      actual: ["a": ""],
      mismatches: [#"$.a: found "" (string), expected something that is not empty"#]
    ),
    Example(
      why: "a pattern has to fit the whole text",
      expected: ["a": "x"],
      rules: rule("$.a", ["match": "regex", "regex": "[a-z]"]),
      actual: ["a": "xy"],
      mismatches: [#"$.a: found "xy" (string), which does not match [a-z]"#]
    ),
    Example(
      why: "a pattern looks at the text of a number",
      expected: ["a": 1],
      rules: rule("$.a", ["match": "regex", "regex": #"\d+\.0"#]),
      actual: ["a": .number(JSONNumber("1e2") ?? 0)]
    ),
    Example(
      why: "include looks for a part",
      expected: ["a": "x"],
      rules: rule("$.a", ["match": "include", "value": "ell"]),
      actual: ["a": "hello"]
    ),
    Example(
      why: "semver",
      expected: ["a": "1.0.0"],
      rules: rule("$.a", ["match": "semver"]),
      actual: ["a": "01.0.0"],
      mismatches: [#"$.a: found "01.0.0" (string), expected a semantic version"#]
    ),
    Example(
      why: "an unknown matcher loads and refuses",
      expected: ["a": "x"],
      rules: rule("$.a", ["match": "nonsense"]),
      actual: ["a": "x"],
      mismatches: ["$.a: the matcher 'nonsense' is not known, so nothing can match it"]
    ),
    Example(
      why: "AND asks for every matcher",
      expected: ["a": "x"],
      rules: rule("$.a", ["match": "type"], ["match": "notEmpty"]),
      actual: ["a": ""],
      mismatches: [#"$.a: found "" (string), expected something that is not empty"#]
    ),
    Example(
      why: "OR asks for one",
      expected: ["a": "x"],
      rules: either("$.a", ["match": "null"], ["match": "type"]),
      actual: ["a": nil]
    ),
    Example(
      why: "dates",
      expected: ["a": "2024-01-01"],
      rules: rule("$.a", ["match": "date"]),
      actual: ["a": "today"],
      mismatches: [#"$.a: found "today" (string), which is not of the form yyyy-MM-dd"#]
    ),
    Example(
      why: "a media type is told by the first bytes",
      expected: ["a": "x"],
      rules: rule("$.a", ["match": "contentType", "value": "image/png"]),
      actual: ["a": "iVBORw0KGgo="]
    ),
  ]

  static let collections = [
    Example(
      why: "type takes an empty array",
      expected: ["a": [1]],
      rules: rule("$.a", ["match": "type"]),
      actual: ["a": []]
    ),
    Example(
      why: "further items are compared with the first example",
      expected: ["a": [["b": 1]]],
      rules: rule("$.a", ["match": "type"]),
      actual: ["a": [["b": 2], ["b": "x"]]],
      mismatches: [
        #"$.a[1].b: found "x" (string), expected the type of 1 (integer)"#
      ]
    ),
    Example(
      why: "an empty example with a rule takes anything",
      expected: ["a": []],
      rules: rule("$.a", ["match": "type"]),
      actual: ["a": [1, "x"]]
    ),
    Example(
      why: "sizes are bounded where the rule stands",
      expected: ["a": [1]],
      rules: rule("$.a", ["match": "type", "min": 2]),
      actual: ["a": [1]],
      mismatches: ["$.a: found 1 item, expected at least 2"]
    ),
    Example(
      why: "sizes are not bounded below",
      expected: ["a": [[1]]],
      rules: rule("$.a", ["match": "type", "max": 1]),
      actual: ["a": [[1, 2, 3]]]
    ),
    Example(
      why: "an equality rule ends a cascade",
      expected: ["a": [["kind": "x"]]],
      rules: [
        "$.a": Sample.rule(["match": "type"]), "$.a[*].kind": Sample.rule(["match": "equality"]),
      ],
      actual: ["a": [["kind": "y"]]],
      mismatches: [#"$.a[0].kind: found "y" (string), expected "x" (string)"#]
    ),
    Example(
      why: "values compares unknown members with the first example",
      expected: ["m": ["k": 1]],
      rules: ["$.m": Sample.rule(["match": "values"]), "$.m.*": Sample.rule(["match": "integer"])],
      actual: ["m": ["x": 2, "y": 3]]
    ),
    Example(
      why: "eachKey judges names",
      expected: ["m": ["k": 1]],
      rules: rule(
        "$.m",
        ["match": "eachKey", "rules": [["match": "regex", "regex": "[a-z]"]]]
      ),
      actual: ["m": ["k": 1, "K": 1]],
      mismatches: ["$.m.K: the name of the member: found 'K', which does not match [a-z]"]
    ),
    Example(
      why: "eachValue judges values",
      expected: ["m": [1]],
      rules: rule("$.m", ["match": "eachValue", "rules": [["match": "integer"]]]),
      actual: ["m": [1, "x"]],
      mismatches: [#"$.m[1]: found "x" (string), expected an integer"#]
    ),
    Example(
      why: "arrayContains looks for each variant in any order",
      expected: [["t": "a"], ["t": "b"]],
      rules: rule("$", ["match": "arrayContains", "variants": [["index": 1, "rules": [:]]]]),
      actual: [["t": "z"], ["t": "b"]]
    ),
    Example(
      why: "arrayContains names the variant that is missing",
      expected: [["t": "a"]],
      rules: rule("$", ["match": "arrayContains", "variants": [["index": 0, "rules": [:]]]]),
      actual: [["t": "z"]],
      mismatches: [#"$: no item matches variant 0: {"t":"a"}"#]
    ),
    Example(
      why: "a longer path wins over a heavier prefix of it",
      expected: ["a": ["b": 1]],
      rules: ["$.a": Sample.rule(["match": "type"]), "$.a.b": Sample.rule(["match": "equality"])],
      actual: ["a": ["b": 2]],
      mismatches: ["$.a.b: found 2 (integer), expected 1 (integer)"]
    ),
  ]

  @Test(arguments: withoutRules + scalars + collections)
  func `mismatches are these`(example: Example) throws {
    let found = try Sample.mismatches(example.expected, example.rules, example.actual)
    #expect(found == example.mismatches)
  }

  @Test func `paths of equal weight are tried from the more specific on, whatever their order`()
    throws
  {
    for paths in [["$.a[*].b", "$.a.*.b"], ["$.a.*.b", "$.a[*].b"]] {
      var rules = JSONObject()
      for path in paths {
        rules[path] = Sample.rule(["match": path.contains("[*]") ? "integer" : "null"])
      }
      #expect(try Sample.mismatches(["a": [["b": 1]]], .object(rules), ["a": [["b": 2]]]) == [])
    }
  }

  @Test func `a mismatch names the rule and where it stands`() throws {
    let message = try Sample.message(
      ["a": 1],
      rules: ["body": ["$.a": ["matchers": [["match": "integer"]]]]]
    )
    let found = Matching.mismatches(
      expected: message,
      actual: ReceivedMessage(bytes: Array(#"{"a":"x"}"#.utf8), isText: true)
    )
    #expect(found.map(\.rule) == ["integer at $.a"])
    #expect(found.map(\.pointer.description) == ["/a"])
    #expect(found.map(\.actual) == [#""x""#])
  }

  @Test func `texts and bytes are compared as a whole`() throws {
    let text = try Sample.message("hello", type: "text/plain")
    #expect(Matching.mismatches(expected: text, actual: received("hello")).isEmpty)
    #expect(
      Matching.mismatches(expected: text, actual: received("bye")).map(\.message)
        == ["found 'bye', expected 'hello'"]
    )
    let bytes = InteractionMessage(contents: .binary([1, 2], contentType: "application/x"))
    #expect(
      Matching.mismatches(expected: bytes, actual: received("hello")).map(\.message)
        == ["found a text message, expected a binary one"]
    )
    let other = ReceivedMessage(bytes: [1, 3], isText: false)
    #expect(
      Matching.mismatches(expected: bytes, actual: other).map(\.message)
        == ["found 01 03 (2 bytes), expected 01 02 (2 bytes)"]
    )
  }

  @Test func `missing contents match everything, and what is no JSON matches no JSON`() throws {
    let missing = InteractionMessage(contents: .missing)
    #expect(Matching.mismatches(expected: missing, actual: received("x")).isEmpty)
    let json = try Sample.message(["a": 1])
    #expect(
      Matching.mismatches(expected: json, actual: received("{")).map(\.message)
        == ["found {, expected JSON"]
    )
  }

  private func received(_ text: String) -> ReceivedMessage {
    ReceivedMessage(bytes: Array(text.utf8), isText: true)
  }
}
