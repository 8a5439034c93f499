import JSON
import JSONSchema
import Testing

struct HostileInputTests {
  @Test func `a value nested too deep is rejected, not followed`() throws {
    let schema = try SchemaCompiler().compile(["items": ["$ref": "#"], "type": "array"])
    let deep = { (levels: Int) in
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    let reading = JSONReaderOptions(maximumDepth: 4_000)
    #expect(try schema.isValid(JSONDocument(parsing: deep(400))))
    for levels in [600, 4_000] {
      let document = try JSONDocument(parsing: deep(levels), options: reading)
      #expect(!schema.isValid(document))
      let messages = schema.violations(in: document).map(\.message)
      #expect(messages.count == 1)
      #expect(messages.first?.hasSuffix(": nested deeper than 512 levels") == true)
    }
  }

  @Test func `a long chain of references ends`() throws {
    var definitions = JSONObject()
    definitions.members = (0..<20_000).map { index in
      .init(
        name: "d\(index)",
        value: ["$ref": .string("#/$defs/d\(index + 1)"), "minimum": 0]
      )
    }
    definitions.members.append(.init(name: "d20000", value: ["type": "integer"]))
    let schema = try SchemaCompiler()
      .compile(["$ref": "#/$defs/d0", "$defs": .object(definitions)])
    #expect(!schema.isValid("x"))
    #expect(!schema.violations(in: "x").isEmpty)
  }

  @Test func `an object of 100,000 members is judged`() throws {
    var object = JSONObject()
    object.members = (0..<100_000).map { .init(name: "k\($0)", value: .number(JSONNumber($0))) }
    let schema = try SchemaCompiler().compile([
      "patternProperties": ["^k[0-9]+$": ["type": "integer"]], "unevaluatedProperties": false,
    ])
    #expect(schema.isValid(.object(object)))
    object.members.append(.init(name: "x", value: 1))
    #expect(!schema.isValid(.object(object)))
  }

  @Test func `items of a long array are compared in less than square time`() throws {
    let schema = try SchemaCompiler().compile(["uniqueItems": true])
    let items = (0..<100_000).map { JSONValue.number(JSONNumber($0)) }
    #expect(schema.isValid(.array(items)))
    #expect(!schema.isValid(.array(items + [77])))
  }

  @Test func `numbers of thousands of digits are compared exactly`() throws {
    let large = String(repeating: "9", count: 5_000)
    let schema = try SchemaCompiler().compile(JSONValue.parse(#"{"maximum": \#(large)}"#))
    #expect(try schema.isValid(JSONValue.parse(large)))
    #expect(try !schema.isValid(JSONValue.parse(large + ".5")))
    #expect(try !schema.isValid(JSONValue.parse("1e99999")))
  }

  @Test func `a pattern that invites backtracking is answered`() throws {
    let schema = try SchemaCompiler().compile(["pattern": "^(a+)+$"])
    #expect(!schema.isValid(.string(String(repeating: "a", count: 100_000) + "b")))
    let costly = try SchemaCompiler().compile(["pattern": "^(?=(a+)+$)b"])
    #expect(!costly.isValid(.string(String(repeating: "a", count: 100) + "b")))
  }

  @Test func `many names are found, also long and escaped ones`() throws {
    let names = (0..<200).map { "a name that is rather long, number \($0)" } + ["ü", "", "x"]
    var properties = JSONObject()
    for (index, name) in names.enumerated() {
      properties[name] = ["const": .number(JSONNumber(index))]
    }
    let schema = try SchemaCompiler().compile([
      "properties": .object(properties), "required": .array(names.map { .string($0) }),
      "additionalProperties": false,
    ])
    var object = JSONObject()
    for (index, name) in names.enumerated().reversed() {
      object[name] = .number(JSONNumber(index))
    }
    #expect(schema.isValid(.object(object)))
    let escaped = JSONValue.object(object).text()
      .replacing("number 7\"", with: #"num\u0062er 7""#).replacing("\"x\"", with: #""\u0078""#)
    #expect(try schema.isValid(JSONDocument(parsing: escaped)))
    for name in names {
      var lacking = object
      lacking[name] = nil
      #expect(!schema.isValid(.object(lacking)), "\(name)")
    }
  }

  @Test func `one validator serves many threads`() async throws {
    let schema = try SchemaCompiler().compile([
      "properties": ["a": ["pattern": "x[a-z]+y"], "b": ["uniqueItems": true]]
    ])
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<64 {
        group.addTask {
          let isGood = index.isMultiple(of: 2)
          let value: JSONValue = ["a": isGood ? "__xabcy" : "__xy", "b": [1, 2]]
          return schema.isValid(value) == isGood
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
