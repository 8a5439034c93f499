import JSON
import JSONSchema
import Testing

struct DoubtTests {
  struct Example: CustomTestStringConvertible {
    let schema: String
    let doubts: [String]
    var dialect = SchemaDialect.draft2020_12

    var testDescription: String { "\(schema) in \(dialect.title)" }
  }

  static let examples: [Example] = [
    .init(
      schema: #"{"requierd": ["a"], "x-requierd": 1, "remark": 1, "$comment": "", "if": true}"#,
      doubts: ["#/requierd: unknown keyword 'requierd' does nothing; did you mean 'required'?"]
    ),
    .init(
      schema: #"{"properties": {"a": {"additionalproperties": false}}}"#,
      doubts: [
        "#/properties/a/additionalproperties: unknown keyword 'additionalproperties' does nothing; "
          + "did you mean 'additionalProperties'?"
      ]
    ),
    .init(
      schema: #"{"$defs": {"a": {"format": "datetime"}, "b": {"format": "uuid"}}}"#,
      doubts: [
        "#/$defs/a/format: unknown format 'datetime' rejects nothing; did you mean 'date-time'?"
      ]
    ),
    .init(
      schema: #"{"format": "int32"}"#,
      doubts: ["#/format: unknown format 'int32' rejects nothing"]
    ),
    .init(
      schema: #"{"format": "int32", "properties": {"a": {"format": "password"}}}"#,
      doubts: [],
      dialect: .asyncAPI
    ),
    .init(
      schema: #"{"prefixItems": [true], "const": 1}"#,
      doubts: ["#/prefixItems: 'prefixItems' does nothing in draft 7; it came with draft 2020-12"],
      dialect: .draft7
    ),
    .init(
      schema: #"{"additionalItems": false}"#,
      doubts: [
        "#/additionalItems: 'additionalItems' does nothing in draft 2020-12; its last draft was "
          + "draft 2019-09"
      ]
    ),
    .init(
      schema: ##"{"properties": {"a": {"$ref": "#/definitions/a", "minimum": 1, "title": "A"}}, "##
        + ##""definitions": {"a": {"type": "integer"}}}"##,
      doubts: [
        "#/properties/a/minimum: 'minimum' beside '$ref' does nothing in draft 7; put both into "
          + "'allOf'"
      ],
      dialect: .draft7
    ),
    .init(
      schema: ##"{"properties": {"a": {"$ref": "#/$defs/a", "minimum": 1}}, "$defs": {"a": {}}}"##,
      doubts: []
    ),
  ]

  @Test(arguments: examples)
  func `what does nothing is doubted at its place`(example: Example) throws {
    let graph = try SchemaCompiler(dialect: example.dialect)
      .graph(JSONValue.parse(example.schema))
    #expect(graph.doubts.map(\.description) == example.doubts)
  }

  @Test(arguments: SchemaDialect.allCases)
  func `metaschemas raise no doubts`(dialect: SchemaDialect) throws {
    let graph = try SchemaCompiler(dialect: dialect).graph(dialect.metaschemaURI)
    #expect(graph.doubts.map(\.description) == [])
  }
}
