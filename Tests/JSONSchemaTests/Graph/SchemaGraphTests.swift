import JSON
import JSONSchema
import Testing

struct SchemaGraphTests {
  @Test func `a schema inside a document that is no schema is found by its pointer`() throws {
    var registry = SchemaRegistry()
    let document: JSONValue = [
      "asyncapi": "3.0.0",
      "components": [
        "schemas": [
          "Id": ["type": "string"],
          "Ping": ["type": "object", "properties": ["id": ["$ref": "#/components/schemas/Id"]]],
        ]
      ],
    ]
    registry.add(document, uri: "file:///api.yaml")
    let schema = try SchemaCompiler(registry: registry, dialect: .asyncAPI)
      .compile("file:///api.yaml#/components/schemas/Ping")
    #expect(schema.isValid(["id": "a"]))
    #expect(!schema.isValid(["id": 1]))
    let root = schema.graph[schema.rootNode]
    #expect(root.location.uri == "file:///api.yaml#/components/schemas/Ping")
    #expect(root.location.documentURI == "file:///api.yaml")
    let id = try #require(root.properties.first).schema
    let target = try #require(schema.graph[id].reference).target
    #expect(schema.graph[target].location.pointer.description == "/components/schemas/Id")
    #expect(schema.graph[target].types == .string)
  }

  @Test func `an identifier in an AsyncAPI document does not cut off the rest`() throws {
    var registry = SchemaRegistry()
    let document: JSONValue = [
      "components": [
        "schemas": [
          "Id": ["type": "string"],
          "Ping": [
            "$id": "urn:ping", "properties": ["id": ["$ref": "#/components/schemas/Id"]],
          ],
        ]
      ]
    ]
    registry.add(document, uri: "api.yaml")
    let schema = try SchemaCompiler(registry: registry, dialect: .asyncAPI)
      .compile("api.yaml#/components/schemas/Ping")
    #expect(!schema.isValid(["id": 1]))
  }

  @Test func `old and new array keywords read the same`() throws {
    let old = try SchemaCompiler(dialect: .draft7)
      .graph(["items": [["type": "string"], true], "additionalItems": false])
    let new = try SchemaCompiler(dialect: .draft2020_12)
      .graph(["prefixItems": [["type": "string"], true], "items": false])
    for graph in [old, new] {
      let root = graph[graph.rootNode]
      #expect(root.prefixItems.count == 2)
      #expect(root.items.flatMap { graph[$0].booleanSchema } == false)
    }
  }

  @Test func `keywords beside a reference count only since 2019-09`() throws {
    let schema: JSONValue = ["$ref": "#/definitions/a", "maxLength": 1, "definitions": ["a": [:]]]
    let old = try SchemaCompiler(dialect: .draft7).compile(schema)
    let new = try SchemaCompiler(dialect: .draft2019_09).compile(schema)
    #expect(old.isValid("ab"))
    #expect(!new.isValid("ab"))
  }

  @Test func `a dynamic reference has a node for each way to it`() throws {
    let schema: JSONValue = [
      "$id": "https://example.com/root",
      "properties": ["strings": ["$ref": "strings"], "numbers": ["$ref": "numbers"]],
      "$defs": [
        "list": [
          "$id": "list", "items": ["$dynamicRef": "#item"],
          "$defs": ["any": ["$dynamicAnchor": "item"]],
        ],
        "strings": [
          "$id": "strings", "$ref": "list",
          "$defs": ["item": ["$dynamicAnchor": "item", "type": "string"]],
        ],
        "numbers": [
          "$id": "numbers", "$ref": "list",
          "$defs": ["item": ["$dynamicAnchor": "item", "type": "number"]],
        ],
      ],
    ]
    let compiled = try SchemaCompiler().compile(schema)
    #expect(compiled.isValid(["strings": ["a"], "numbers": [1]]))
    #expect(!compiled.isValid(["strings": [1]]))
    #expect(!compiled.isValid(["numbers": ["a"]]))
  }

  @Test func `the metaschemas accept themselves and reject nonsense`() throws {
    for dialect in SchemaDialect.allCases {
      let schema = try SchemaCompiler(dialect: dialect).compile([
        "$ref": .string(dialect.metaschemaURI)
      ])
      #expect(schema.isValid(["type": "object", "properties": ["a": ["minLength": 1]]]))
      #expect(!schema.isValid(["type": "object", "properties": ["a": ["minLength": -1]]]))
      #expect(!schema.isValid(["properties": ["a": ["items": ["type": "strng"]]]]))
    }
  }

  @Test func `a definition that other documents use by name is there in the metaschema`() throws {
    let uri = "http://json-schema.org/draft-07/schema#/definitions/nonNegativeInteger"
    let schema = try SchemaCompiler(dialect: .draft7).compile(["$ref": .string(uri)])
    #expect(schema.isValid(0))
    #expect(!schema.isValid(-1))
  }

  @Test func `names and patterns that differ in bytes alone are kept apart`() throws {
    let schema = try SchemaCompiler().compile([
      "properties": ["\u{E9}": ["const": 1], "e\u{301}": ["const": 2]],
      "patternProperties": ["^x\u{E9}$": ["const": 3], "^xe\u{301}$": ["const": 4]],
      "$ref": "#/$defs/e\u{301}", "$defs": ["\u{E9}": false, "e\u{301}": true],
    ])
    #expect(schema.isValid(["\u{E9}": 1, "e\u{301}": 2, "x\u{E9}": 3, "xe\u{301}": 4]))
    for name in ["\u{E9}", "e\u{301}", "x\u{E9}", "xe\u{301}"] {
      #expect(!schema.isValid(.object([name: 5])))
    }
  }

  @Test func `a schema that unfolds without end is refused`() throws {
    let options = SchemaOptions(maximumNodes: 10)
    let error = #expect(throws: SchemaCompilationError.self) {
      try SchemaCompiler(options: options)
        .compile(["prefixItems": .array(Array(repeating: true, count: 20))])
    }
    #expect(
      error?.problems.first?.message == "the schema unfolds to more than 10 subschemas"
    )
  }
}
