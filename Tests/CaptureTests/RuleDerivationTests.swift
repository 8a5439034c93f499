import Contract
import JSON
import JSONSchema
import Pact
import Testing

@testable import Capture

struct RuleDerivationTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let schema: JSONValue
    let value: JSONValue
    let rules: [String: [Matcher]]
    var combine = MatchingRules.Combine.and
    var testDescription: String { why }
  }

  private static let type = Matcher.type(minimum: nil, maximum: nil)

  private static func object(_ properties: JSONObject) -> JSONValue {
    ["type": "object", "properties": .object(properties)]
  }

  static let scalars = [
    Example(
      why: "a constant is equal",
      schema: object(["a": ["const": "x"]]),
      value: ["a": "x"],
      rules: [:]
    ),
    Example(
      why: "an enumeration is a list of alternatives",
      schema: object(["a": ["enum": ["x.y", "z|"]]]),
      value: ["a": "z|"],
      rules: ["$.a": [.regex(#"^(?:x\.y|z\|)$"#)]]
    ),
    Example(
      why: "an enumeration of one is equal",
      schema: object(["a": ["enum": ["x"]]]),
      value: ["a": "x"],
      rules: [:]
    ),
    Example(
      why: "an enumeration of numbers",
      schema: object(["a": ["enum": [1, 2]]]),
      value: ["a": 1],
      rules: ["$.a": [.regex("^(?:1|2)$")]]
    ),
    Example(
      why: "an integer",
      schema: object(["a": ["type": "integer"]]),
      value: ["a": 1],
      rules: ["$.a": [.integer]]
    ),
    Example(
      why: "a number",
      schema: object(["a": ["type": "number"]]),
      value: ["a": 1],
      rules: ["$.a": [.number]]
    ),
    Example(
      why: "an integer that was written with a fraction",
      schema: object(["a": ["type": "integer"]]),
      value: ["a": .number(JSONNumber("1.0") ?? 1)],
      rules: ["$.a": [.number]]
    ),
    Example(
      why: "a Boolean is a Boolean, not the text of one",
      schema: object(["a": ["type": "boolean"]]),
      value: ["a": true],
      rules: ["$.a": [type]]
    ),
    Example(
      why: "a text",
      schema: object(["a": ["type": "string"]]),
      value: ["a": ""],
      rules: ["$.a": [type]]
    ),
    Example(
      why: "a text that is never empty",
      schema: object(["a": ["type": "string", "minLength": 1]]),
      value: ["a": "x"],
      rules: ["$.a": [type, .notEmpty]]
    ),
    Example(
      why: "a date",
      schema: object(["a": ["type": "string", "format": "date"]]),
      value: ["a": "2024-01-01"],
      rules: ["$.a": [.regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]]
    ),
    Example(
      why: "a text that is not of its format",
      schema: object(["a": ["format": "email"]]),
      value: ["a": "nobody"],
      rules: ["$.a": [type]]
    ),
    Example(
      why: "a pattern",
      schema: object(["a": ["type": "string", "pattern": "^[a-z]+$"]]),
      value: ["a": "x"],
      rules: ["$.a": [.regex("^[a-z]+$")]]
    ),
    Example(
      why: "a pattern that cannot be said portably",
      schema: object(["a": ["type": "string", "pattern": "^(?=x).*$"]]),
      value: ["a": "x"],
      rules: ["$.a": [type]]
    ),
    Example(
      why: "a value that no schema speaks of",
      schema: object([:]),
      value: ["a": "x"],
      rules: ["$.a": [type]]
    ),
    Example(
      why: "null that is always null",
      schema: object(["a": ["type": "null"]]),
      value: ["a": nil],
      rules: [:]
    ),
    Example(
      why: "names that need quotes",
      schema: object(["a b": ["type": "integer"]]),
      value: ["a b": 1],
      rules: ["$['a b']": [.integer]]
    ),
    Example(
      why: "names that no path can hold",
      schema: object(["it's": ["type": "integer"]]),
      value: ["it's": 1],
      rules: [:]
    ),
  ]

  static let nullable = [
    Example(
      why: "a text or null",
      schema: object(["a": ["type": ["string", "null"]]]),
      value: ["a": "x"],
      rules: ["$.a": [type, .null]],
      combine: .or
    ),
    Example(
      why: "an id or null",
      schema: object(["a": ["anyOf": [["type": "integer"], ["type": "null"]]]]),
      value: ["a": 1],
      rules: ["$.a": [.integer, .null]],
      combine: .or
    ),
    Example(
      why: "null where something else may stand",
      schema: object(["a": ["type": ["integer", "null"]]]),
      value: ["a": nil],
      rules: ["$.a": [.regex(#"^[\s\S]*$"#)]]
    ),
    Example(
      why: "a text or a number",
      schema: object(["a": ["type": ["string", "integer"]]]),
      value: ["a": "x"],
      rules: ["$.a": [.regex(#"^[\s\S]*$"#)]]
    ),
  ]

  static let structures = [
    Example(
      why: "an array of objects, with what is fixed kept equal",
      schema: object([
        "a": [
          "type": "array", "minItems": 1, "maxItems": 9,
          "items": object(["kind": ["const": "k"], "n": ["type": "integer"]]),
        ]
      ]),
      value: ["a": [["kind": "k", "n": 1], ["kind": "k", "n": 2]]],
      rules: [
        "$.a": [.type(minimum: 1, maximum: 9)], "$.a[*].kind": [.equality], "$.a[*].n": [.integer],
      ]
    ),
    Example(
      why: "an empty array",
      schema: object(["a": ["type": "array", "items": ["type": "integer"]]]),
      value: ["a": []],
      rules: ["$.a": [type]]
    ),
    Example(
      why: "an array of arrays",
      schema: object([
        "a": ["type": "array", "items": ["type": "array", "items": ["type": "integer"]]]
      ]),
      value: ["a": [[1]]],
      rules: ["$.a": [type], "$.a[*]": [type], "$.a[*][*]": [.integer]]
    ),
    Example(
      why: "a tuple",
      schema: object(["a": ["prefixItems": [["type": "integer"], ["const": "x"]]]]),
      value: ["a": [1, "x"]],
      rules: ["$.a": [type], "$.a[0]": [.integer], "$.a[1]": [.equality]]
    ),
    Example(
      why: "a dictionary",
      schema: object(["a": ["type": "object", "additionalProperties": ["type": "integer"]]]),
      value: ["a": ["x": 1, "y": 2]],
      rules: ["$.a": [.values], "$.a.*": [.integer]]
    ),
    Example(
      why: "references and allOf",
      schema: [
        "$defs": ["id": ["type": "string", "pattern": "^[0-9]+$"]],
        "allOf": [["properties": ["a": ["$ref": "#/$defs/id"]]]],
      ],
      value: ["a": "12"],
      rules: ["$.a": [.regex("^[0-9]+$")]]
    ),
    Example(
      why: "the alternative that the value takes",
      schema: [
        "oneOf": [
          object(["kind": ["const": "a"], "v": ["type": "integer"]]),
          object(["kind": ["const": "b"], "v": ["type": "string"]]),
        ]
      ],
      value: ["kind": "b", "v": "x"],
      rules: ["$.v": [type]]
    ),
    Example(
      why: "if, then and else",
      schema: [
        "if": ["properties": ["kind": ["const": "a"]]],
        "then": ["properties": ["v": ["const": 1]]],
        "else": ["properties": ["v": ["type": "integer"]]],
      ],
      value: ["kind": "b", "v": 2],
      rules: ["$.kind": [type], "$.v": [.integer]]
    ),
  ]

  @Test(arguments: scalars + nullable + structures)
  func `rules say what the schema says`(example: Example) throws {
    let schema = try SchemaCompiler().compile(example.schema)
    let rules = RuleDerivation(schema).rules(for: example.value)
    let found = Dictionary(uniqueKeysWithValues: rules.body.map { ($0.path, $0.matchers) })
    #expect(found == example.rules)
    #expect(rules.body.allSatisfy { $0.combine == example.combine })
    #expect(rules.body.map(\.path) == rules.body.map(\.path).sorted())
    let message = InteractionMessage(
      contents: .json(example.value, contentType: "application/json"),
      matchingRules: rules
    )
    #expect(Matching.mismatches(expected: message, actual: ReceivedMessage(message.contents)) == [])
  }

  @Test func `what repeats the consumer's words has to be equal`() throws {
    let id: JSONValue = ["type": "string", "format": "uuid"]
    let schema = try SchemaCompiler().compile([
      "properties": [
        "echo": id, "own": id, "list": ["type": "array", "items": id], "text": ["type": "string"],
      ]
    ])
    let said = "5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01"
    let rules = RuleDerivation(schema, isEcho: { $0 == said }).rules(for: [
      "echo": .string(said), "own": .string(Chat.random("x", 1)), "list": [.string(said)],
      "text": .string(said),
    ])
    #expect(rules.body.map(\.path) == ["$.own", "$.text"])
  }

  @Test func `a request id has to be equal`() throws {
    let schema = try SchemaCompiler().compile(["properties": ["id": ["type": "string"]]])
    let fixed = try #require(JSONPointer("/id"))
    #expect(RuleDerivation(schema, fixed: [fixed]).rules(for: ["id": "x"]).isEmpty)
  }

  @Test(
    arguments: [
      ("^[a-z]+$", "^[a-z]+$"), (#"^\d+$"#, "^[0-9]+$"), (#"^\w{2}$"#, "^[A-Za-z0-9_]{2}$"),
      ("a.b", #"^[\s\S]*(?:a[^\n\r\u2028\u2029]b)[\s\S]*$"#),
      ("^a|b$", #"^[\s\S]*(?:^a|b$)[\s\S]*$"#), (#"^a\/b$"#, "^a/b$"),
      (#"^[\d-]+$"#, "^[0-9-]+$"), ("^[&[]$", #"^[\&\[]$"#), ("^(?:a|b)$", "^(?:a|b)$"),
    ]
  )
  func `patterns are rewritten for every engine`(pattern: String, portable: String) throws {
    #expect(PortablePattern(try ECMAPattern(pattern))?.source == portable)
  }

  @Test(arguments: [
    #"^\p{L}+$"#, #"\bx"#, #"(?<=a)b"#, #"(a)\1"#, #"^\s$"#, "a^b", #"^\u{1F600}$"#,
  ])
  func `patterns that engines read differently are not used`(pattern: String) throws {
    #expect(PortablePattern(try ECMAPattern(pattern))?.source == nil)
  }
}
