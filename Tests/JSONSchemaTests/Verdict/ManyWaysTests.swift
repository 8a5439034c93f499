import JSON
import JSONSchema
import Testing

/// Schemas that lead to the same schema in so many ways that trying each would take for ever.
struct ManyWaysTests {
  struct Example: CustomTestStringConvertible {
    let name: String
    /// What each schema makes of the next one.
    let step: @Sendable (JSONValue) -> JSONValue
    /// Whether an integer, and whether a text is valid.
    let verdicts: [Bool]
    var testDescription: String { name }
  }

  static let examples = [
    Example(name: "allOf", step: { ["allOf": [$0, $0]] }, verdicts: [true, false]),
    Example(name: "anyOf", step: { ["anyOf": [$0, $0]] }, verdicts: [true, false]),
    Example(name: "oneOf", step: { ["oneOf": [$0, $0]] }, verdicts: [false, false]),
    Example(
      name: "not",
      step: { ["allOf": [["not": $0], ["not": $0]]] },
      verdicts: [true, false]
    ),
    Example(
      name: "if",
      step: { ["if": $0, "then": $0, "else": $0] },
      verdicts: [true, false]
    ),
  ]

  private static func schema(_ example: Example, levels: Int = 40) -> JSONValue {
    var definitions: JSONObject = ["s\(levels)": ["type": "integer", "title": "whole"]]
    for level in 0..<levels {
      definitions["s\(level)"] = example.step(["$ref": .string("#/$defs/s\(level + 1)")])
    }
    return ["$ref": "#/$defs/s0", "$defs": .object(definitions)]
  }

  @Test(arguments: examples)
  func `forty schemas that each name the next one twice are judged`(example: Example) throws {
    let schema = try SchemaCompiler().compile(Self.schema(example))
    for (value, isValid) in zip([JSONValue.number(1), "x"], example.verdicts) {
      #expect(schema.isValid(value) == isValid)
      #expect(schema.isValidByKeywords(value) == isValid)
      #expect(schema.violations(in: value).isEmpty == isValid)
      _ = schema.annotations(in: value)
    }
  }

  @Test func `what was looked at is known in all of the ways`() throws {
    var definitions: JSONObject = ["s40": ["properties": ["a": true]]]
    for level in 0..<40 {
      let next: JSONValue = ["$ref": .string("#/$defs/s\(level + 1)")]
      definitions["s\(level)"] =
        level.isMultiple(of: 2) ? ["allOf": [next, next]] : ["anyOf": [next, next]]
    }
    let schema = try SchemaCompiler().compile([
      "$ref": "#/$defs/s0", "unevaluatedProperties": false, "$defs": .object(definitions),
    ])
    #expect(schema.isValid(["a": 1]))
    #expect(!schema.isValid(["a": 1, "b": 1]))
    #expect(schema.violations(in: ["a": 1, "b": 1]).map(\.instance.description) == ["/b"])
    #expect(schema.isValidByKeywords(["a": 1]))
  }

  @Test func `alternatives that recurse into a deep value are judged`() throws {
    let schema = try SchemaCompiler().compile(
      JSONValue.parse(
        ##"""
        {"anyOf": [
          {"type": "integer"},
          {"type": "array", "items": {"$ref": "#"}},
          {"type": "array", "items": {"$ref": "#"}, "contains": {"$ref": "#"}}
        ]}
        """##
      )
    )
    func deep(_ leaf: String) throws -> JSONValue {
      let (open, close) = (String(repeating: "[", count: 60), String(repeating: "]", count: 60))
      return try JSONValue.parse(open + leaf + close)
    }
    #expect(try schema.isValid(deep("1")))
    #expect(try !schema.isValid(deep(#""x""#)))
    #expect(try !schema.violations(in: deep(#""x""#)).isEmpty)
  }

  @Test func `patterns and names that recurse into the same member are judged`() throws {
    let schema = try SchemaCompiler().compile(
      JSONValue.parse(
        ##"""
        {"type": ["object", "integer"], "properties": {"a": {"$ref": "#"}},
         "patternProperties": {"^a": {"$ref": "#"}, "a$": {"$ref": "#"}}}
        """##
      )
    )
    func deep(_ leaf: String) throws -> JSONValue {
      let (open, close) = (
        String(repeating: #"{"a":"#, count: 60), String(repeating: "}", count: 60)
      )
      return try JSONValue.parse(open + leaf + close)
    }
    #expect(try schema.isValid(deep("1")))
    #expect(try !schema.isValid(deep("null")))
    #expect(try schema.violations(in: deep("null")).count == 1)
  }

  @Test func `dynamic references with thousands of readings are refused`() throws {
    var definitions = JSONObject()
    for index in 0..<14 {
      let others = (0..<14).filter { $0 != index }
      definitions["d\(index)"] = [
        "$id": .string("d\(index)"), "$dynamicAnchor": .string("n\(index)"),
        "properties": .object(
          JSONObject(others.map { .init(name: "p\($0)", value: ["$ref": .string("d\($0)")]) })
        ),
      ]
    }
    let schema: JSONValue = [
      "$id": "http://example.com/s", "$ref": "d0", "$defs": .object(definitions),
    ]
    let error = #expect(throws: SchemaCompilationError.self) {
      try SchemaCompiler().compile(schema)
    }
    #expect(error?.description.contains("more than 1000 ways") == true)
  }

  @Test func `70,000 properties that are all required are found, whatever their order`() throws {
    let names = (0..<70_000).map { "k\($0)" }
    let properties = JSONObject(names.map { .init(name: $0, value: ["type": "integer"]) })
    let schema = try SchemaCompiler().compile([
      "properties": .object(properties), "required": .array(names.map { .string($0) }),
      "additionalProperties": false,
    ])
    func value(_ names: some Sequence<String>) -> JSONValue {
      .object(JSONObject(names.map { .init(name: $0, value: 1) }))
    }
    #expect(schema.isValid(value(names)))
    #expect(schema.isValid(value(names.reversed())))
    #expect(!schema.isValid(value(names.dropLast() + ["x"])))
    #expect(schema.violations(in: value(names.dropLast() + ["x"])).count == 2)
    #expect(schema.violations(in: [:]).count == 1_000)
  }

  @Test func `600 misspelt names are told, with hints for the first`() throws {
    let names = (0..<600).map { "required_name_\($0)" }
    let schema = try SchemaCompiler().compile([
      "properties": .object(JSONObject(names.map { .init(name: $0, value: true) })),
      "additionalProperties": false, "required": .array(names.map { .string($0) }),
    ])
    let misspelt = names.map {
      JSONObject.Member(name: $0.replacing("name", with: "nmae"), value: 1)
    }
    let violations = schema.violations(in: .object(JSONObject(misspelt)))
    #expect(violations.count == 1_000)
    #expect(violations.first?.message.contains("found 'required_nmae_0'") == true)
    #expect(violations.allSatisfy { $0.message.utf8.count < 1_000 })
  }

  @Test func `multiples of numbers of 5,000 digits are told`() throws {
    let divisor = String(repeating: "7", count: 5_000)
    let schema = try SchemaCompiler().compile(JSONValue.parse(#"{"multipleOf": \#(divisor)}"#))
    #expect(try schema.isValid(JSONValue.parse(divisor + "e99999")))
    #expect(try !schema.isValid(JSONValue.parse("1e999999999")))
    #expect(try schema.isValid(JSONValue.parse(divisor + divisor)))
    #expect(try !schema.isValid(JSONValue.parse(divisor + "1")))
  }
}
