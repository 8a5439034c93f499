import JSON
import JSONSchema
import Testing

struct AlternativeTests {
  struct Example: CustomTestStringConvertible {
    let schema: String
    let value: String
    let messages: [String]
    var dialect = SchemaDialect.draft2020_12

    var testDescription: String { "\(value) by \(schema)" }
  }

  /// Two messages that a constant tells apart.
  static let messages = #"""
    {
      "oneOf": [{"$ref": "#/$defs/ping"}, {"$ref": "#/$defs/chat"}],
      "$defs": {
        "ping": {
          "required": ["type", "n"],
          "properties": {"type": {"const": "ping"}, "n": {"type": "integer"}}
        },
        "chat": {
          "required": ["type", "text"],
          "properties": {"type": {"const": "chat"}, "text": {"type": "string", "minLength": 1}}
        }
      }
    }
    """#

  static let examples: [Example] = [
    .init(
      schema: messages,
      value: #"{"type": "chat", "text": ""}"#,
      messages: [
        #"/text: expected a string of at least 1 character, found "" with 0 (in 'chat')"#
      ]
    ),
    .init(
      schema: messages,
      value: #"{"type": "ping", "text": "hello"}"#,
      messages: ["the value: the required property 'n' is missing (in 'ping')"]
    ),
    .init(
      schema: messages,
      value: #"{"type": "chta", "text": "hello"}"#,
      messages: [
        #"/type: expected one of "ping", "chat", found "chta"; did you mean "chat"?"#
      ]
    ),
    .init(
      schema: messages,
      value: #"{"Type": "chat"}"#,
      messages: [
        "the value: the property 'type' is missing, which tells the alternatives apart: "
          + #""ping", "chat"; found 'Type'"#
      ]
    ),
    .init(
      schema: messages,
      value: "[]",
      messages: ["the value: matches 'ping' and 'chat', where exactly one is allowed"]
    ),
    .init(
      schema: #"{"anyOf": [{"type": "null"}, {"type": "string"}]}"#,
      value: "5",
      messages: ["the value: expected null or a string, found 5"]
    ),
    .init(
      schema: #"{"anyOf": [{"type": "null"}, {"type": "string", "pattern": "^a"}]}"#,
      value: #""b""#,
      messages: [#"the value: expected a string that matches ^a, found "b" (in 'anyOf/1')"#]
    ),
    .init(
      schema: #"""
        {"anyOf": [
          {"title": "point", "required": ["x", "y"]},
          {"title": "circle", "required": ["x", "y", "r", "fill"]}
        ]}
        """#,
      value: #"{"x": 1}"#,
      messages: ["the value: the required property 'y' is missing (nearest is 'point')"]
    ),
    .init(
      schema: #"{"anyOf": [{"format": "email"}, {"pattern": "^[+][0-9]+$"}]}"#,
      value: #""call me""#,
      messages: [
        "the value: expected an email address such as ann@example.com "
          + #"or a string that matches ^[+][0-9]+$, found "call me""#
      ],
      dialect: .draft7
    ),
    .init(
      schema:
        #"{"oneOf": [{"title": "even", "multipleOf": 2}, {"title": "threefold", "multipleOf": 3}]}"#,
      value: "6",
      messages: ["the value: matches 'even' and 'threefold', where exactly one is allowed"]
    ),
    .init(
      schema: #"{"anyOf": [{"const": 1}, {"title": "word", "type": "string", "minLength": 5}]}"#,
      value: #""abc""#,
      messages: [
        #"the value: expected a string of at least 5 characters, found "abc" with 3 (in 'word')"#
      ]
    ),
    .init(
      schema: #"{"oneOf": [{"const": "up"}, {"enum": ["down", "left"]}]}"#,
      value: #""lef""#,
      messages: [
        #"the value: expected one of "up", "down", "left", found "lef"; did you mean "left"?"#
      ]
    ),
    .init(
      schema: #"""
        {
          "discriminator": "petType",
          "oneOf": [{"$ref": "#/definitions/Cat"}, {"$ref": "#/definitions/Dog"}],
          "definitions": {
            "Cat": {"required": ["petType", "lives"], "properties": {"petType": {"type": "string"}}},
            "Dog": {"required": ["petType", "bark"], "properties": {"petType": {"type": "string"}}}
          }
        }
        """#,
      value: #"{"petType": "Dog"}"#,
      messages: ["the value: the required property 'bark' is missing (in 'Dog')"],
      dialect: .asyncAPI
    ),
  ]

  @Test(arguments: examples)
  func `the alternative that was meant is the one that is explained`(example: Example) throws {
    let schema = try SchemaCompiler(dialect: example.dialect)
      .compile(JSONValue.parse(example.schema))
    let violations = try schema.violations(in: JSONValue.parse(example.value))
    #expect(violations.map(\.message) == example.messages)
  }

  @Test func `members of an unknown alternative are not called unexpected`() throws {
    let schema = try SchemaCompiler().compile([
      "oneOf": [
        ["properties": ["type": ["const": "a"], "x": true]],
        ["properties": ["type": ["const": "b"], "y": true]],
      ],
      "unevaluatedProperties": false,
    ])
    #expect(schema.violations(in: ["type": "c", "y": 1]).map(\.keyword) == ["oneOf"])
    #expect(schema.violations(in: ["type": "b", "z": 1]).map(\.instance.description) == ["/z"])
  }

  @Test func `a tag is found behind references and in all of`() throws {
    let graph = try SchemaCompiler().graph(
      JSONValue.parse(
        #"""
        {
          "oneOf": [
            {"allOf": [{"$ref": "#/$defs/a"}, {"required": ["kind"]}]},
            {"properties": {"kind": {"enum": ["b", "c"]}}}
          ],
          "$defs": {"a": {"properties": {"n": {"const": 1}, "kind": {"const": "a"}}}}
        }
        """#
      )
    )
    let tag = try #require(graph[graph.rootNode].oneOfTag)
    #expect(tag.property == "kind")
    #expect(tag.values == [["a"], ["b", "c"]])
    #expect(tag.isRequired == [true, false])
    #expect(tag.alternative(for: "c") == 1)
    #expect(tag.alternative(for: "d") == nil)
  }
}
