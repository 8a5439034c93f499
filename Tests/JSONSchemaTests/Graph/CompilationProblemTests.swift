import JSON
import JSONSchema
import Testing

struct CompilationProblemTests {
  struct Example: CustomTestStringConvertible {
    let schema: String
    let problem: String
    var dialect = SchemaDialect.draft2020_12

    var testDescription: String { "\(schema) in \(dialect.title)" }
  }

  static let examples: [Example] = [
    .init(
      schema: #"{"minLength": "5"}"#,
      problem: ##"#/minLength: 'minLength' must be a whole number of at least 0, found "5""##
    ),
    .init(
      schema: #"{"maxItems": -1}"#,
      problem: "#/maxItems: 'maxItems' must be a whole number of at least 0, found -1"
    ),
    .init(
      schema: #"{"type": "strng"}"#,
      problem: "#/type: unknown type 'strng'; did you mean 'string'?"
    ),
    .init(
      schema: #"{"type": []}"#,
      problem: "#/type: 'type' must be a type or a list of types, found an empty array"
    ),
    .init(
      schema: #"{"multipleOf": 0}"#,
      problem: "#/multipleOf: 'multipleOf' must be a number above 0, found 0"
    ),
    .init(
      schema: #"{"pattern": "^(a"}"#,
      problem: "#/pattern: invalid regular expression '^(a': at offset "
    ),
    .init(
      schema: #"{"patternProperties": {"[": true}}"#,
      problem: "#/patternProperties/[: invalid regular expression '[': at offset "
    ),
    .init(
      schema: #"{"required": "id"}"#,
      problem: ##"#/required: 'required' must be an array of strings, found "id""##
    ),
    .init(
      schema: #"{"required": ["a", 1]}"#,
      problem: "#/required/1: 'required' must be an array of strings, found 1"
    ),
    .init(
      schema: #"{"properties": {"a": 1}}"#,
      problem: "#/properties/a: a schema must be an object or a Boolean, found 1"
    ),
    .init(
      schema: #"{"allOf": []}"#,
      problem: "#/allOf: 'allOf' must be a non-empty array of schemas, found an empty array"
    ),
    .init(
      schema: ##"{"$ref": "#/$defs/usr", "$defs": {"user": true}}"##,
      problem: "#/$ref: '#/$defs/usr' points at nothing; did you mean '#/$defs/user'?"
    ),
    .init(
      schema: ##"{"$ref": "#usr", "$defs": {"user": {"$anchor": "user"}}}"##,
      problem:
        "#/$ref: '#usr' points at nothing: there is no anchor 'usr'; did you mean '#user'?"
    ),
    .init(
      schema: #"{"$ref": "other.json"}"#,
      problem: "#/$ref: 'other.json' leads to 'other.json', which was not handed in"
    ),
    .init(
      schema: ##"{"$ref": "#/%zz"}"##,
      problem: "#/$ref: '#/%zz' has a fragment that is no JSON Pointer: '/%zz'"
    ),
    .init(
      schema: #"{"$schema": "https://json-schema.org/draft/2020-12/shcema"}"#,
      problem:
        "#/$schema: unknown metaschema 'https://json-schema.org/draft/2020-12/shcema'; "
        + "did you mean 'https://json-schema.org/draft/2020-12/schema'?"
    ),
    .init(
      schema: #"{"items": [true]}"#,
      problem: "#/items: 'items' must be one schema since 2020-12; lists are called 'prefixItems'"
    ),
    .init(
      schema: #"{"exclusiveMinimum": true}"#,
      problem: "#/exclusiveMinimum: 'exclusiveMinimum' must be a number since draft 6, found true"
    ),
    .init(
      schema: #"{"properties": {"a": true}}"#,
      problem:
        "#/properties/a: draft 4 has no Boolean schemas; write {} for true and {\"not\": {}} for false",
      dialect: .draft4
    ),
    .init(
      schema: #"{"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}}"#,
      problem: "#/$defs/"
    ),
    .init(
      schema: ##"{"$ref": "#"}"##,
      problem: "#/$ref: '$ref' leads back to '#'"
    ),
    .init(
      schema: ##"{"anyOf": [{"type": "null"}, {"$ref": "#"}]}"##,
      problem: "#/anyOf/1/$ref: '$ref' leads back to '#'"
    ),
    .init(
      schema: #"{"type": "object", "type": "array"}"#,
      problem: "#/type: the keyword 'type' is given twice"
    ),
    .init(
      schema: #"{"$defs": {"unused": {"minimum": "1"}}}"#,
      problem: ##"#/$defs/unused/minimum: 'minimum' must be a number, found "1""##
    ),
  ]

  @Test(arguments: examples)
  func `a wrong schema is blamed at the place`(example: Example) throws {
    let error = #expect(throws: SchemaCompilationError.self) {
      try SchemaCompiler(dialect: example.dialect).compile(JSONValue.parse(example.schema))
    }
    let problems = try #require(error).problems
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.description.hasPrefix(example.problem) == true, "\(problems)")
  }

  @Test func `all problems come at once`() throws {
    let error = #expect(throws: SchemaCompilationError.self) {
      try SchemaCompiler().compile(["type": "x", "minimum": "1", "items": ["$ref": "#/nowhere"]])
    }
    #expect(error?.problems.count == 3)
  }

  @Test func `a problem names the document that it is in`() throws {
    var registry = SchemaRegistry()
    registry.add(["$defs": ["a": ["maxLength": -1]]], uri: "file:///types.json")
    let compiler = SchemaCompiler(registry: registry)
    let error = #expect(throws: SchemaCompilationError.self) {
      try compiler.compile(["$ref": "file:///types.json#/$defs/a"])
    }
    let problem = try #require(error?.problems.first)
    #expect(problem.documentURI == "file:///types.json")
    #expect(problem.pointer.description == "/$defs/a/maxLength")
    let missing = #expect(throws: SchemaCompilationError.self) {
      try compiler.compile("file:///typs.json#/$defs/a")
    }
    #expect(
      missing?.description
        == "file:///typs.json#: 'file:///typs.json#/$defs/a' leads to 'file:///typs.json', "
        + "which was not handed in; did you mean 'file:///types.json'?"
    )
  }
}
