import Generation
import JSON
import JSONSchema
import Testing

struct UnsatisfiableSchemaTests {
  struct Example: CustomTestStringConvertible, Sendable {
    var schema: String
    var reason: String
    /// The place of the schema that is named.
    var pointer: String
    var testDescription: String { schema }

    init(_ schema: String, _ reason: String, at pointer: String = "") {
      self.schema = schema
      self.reason = reason
      self.pointer = pointer
    }
  }

  static let examples = [
    Example("false", "the schema 'false' accepts nothing"),
    Example(#"{"type":"integer","minimum":5,"maximum":3}"#, "no number lies between the bounds"),
    Example(#"{"type":"integer","exclusiveMinimum":1,"exclusiveMaximum":2}"#, "no whole number"),
    Example(
      #"{"type":"number","multipleOf":7,"minimum":1,"maximum":6}"#,
      "no multiple of 7"
    ),
    Example(#"{"type":"string","minLength":5,"maxLength":3}"#, "'minLength' 5 is above"),
    Example(
      #"{"type":"string","allOf":[{"pattern":"^a"},{"pattern":"^b"}]}"#,
      "no text of an allowed length matches '^a' and '^b'",
      at: "/allOf/0"
    ),
    Example(
      #"{"allOf":[{"type":"string"},{"type":"integer"}]}"#,
      "'type' allows only",
      at: "/allOf/1"
    ),
    Example(#"{"const":1,"enum":[2,3]}"#, "no value is in all lists"),
    Example(#"{"enum":["a","b"],"type":"integer"}"#, "no value of 'enum' meets"),
    Example(#"{"not":{}}"#, "'not' of a schema that accepts everything", at: "/not"),
    Example(
      #"{"type":"object","required":["a"],"properties":{"a":false}}"#,
      "the property 'a' is required, but nothing is allowed for it"
    ),
    Example(
      #"{"type":"object","required":["a"],"additionalProperties":false}"#,
      "the property 'a' is required, but nothing is allowed for it"
    ),
    Example(
      #"{"type":"object","required":["a","b"],"maxProperties":1}"#,
      "2 properties are required"
    ),
    Example(
      #"{"type":"object","minProperties":3,"properties":{"a":{}},"additionalProperties":false}"#,
      "'minProperties' asks for 3, only 1 are possible"
    ),
    Example(
      ##"{"type":"object","required":["next"],"properties":{"next":{"$ref":"#"}}}"##,
      "without end",
      at: "/properties/next"
    ),
    Example(
      #"{"type":"array","minItems":3,"prefixItems":[{},{}],"items":false}"#,
      "nothing can stand behind 2"
    ),
    Example(
      #"{"type":"array","items":{"type":"string"},"contains":{"type":"integer"}}"#,
      "no place in the array allows an item that 'contains' asks for",
      at: "/contains"
    ),
    Example(
      #"{"type":"array","contains":{},"minContains":3,"maxContains":2}"#,
      "'minContains' 3"
    ),
    Example(
      #"{"anyOf":[{"type":"string","minLength":2,"maxLength":1},{"type":"integer","minimum":2,"maximum":1}]}"#,
      "none of 2 branches is possible",
      at: "/anyOf/0"
    ),
    Example(
      #"{"type":"string","pattern":"^a$","minLength":2}"#,
      "the pattern '^a$' allows at most 1 characters, at least 2 are needed"
    ),
    Example(
      #"{"type":"string","pattern":"^[a-z]{3}-[0-9]+$","maxLength":4}"#,
      "needs at least 5 characters, no more than 4 are allowed"
    ),
    Example(#"{"type":"string","pattern":"a[]b"}"#, "no text matches the pattern 'a[]b'"),
    Example(
      #"{"type":"array","items":{"enum":[1,2]},"uniqueItems":true,"minItems":3}"#,
      "at least 3 different items are needed, only 2 are possible"
    ),
    Example(
      #"{"type":"array","items":{"type":"boolean"},"uniqueItems":true,"minItems":1000}"#,
      "at least 1000 different items are needed, only 2 are possible"
    ),
    Example(
      #"{"type":"array","prefixItems":[{"const":1},{"enum":[1,1.0]}],"uniqueItems":true,"minItems":2}"#,
      "at least 2 different items are needed, only 1 are possible"
    ),
  ]

  @Test(arguments: examples)
  func `a schema without values is called so, with the reason`(example: Example) throws {
    let schema = try SchemaCompiler().compile(try JSONValue.parse(example.schema))
    let generator = ValueGenerator(schema: schema)
    var source = ChoiceSource(seed: 1)
    #expect {
      _ = try generator.value(from: &source)
    } throws: { error in
      guard let error = error as? UnsatisfiableSchema else { return false }
      #expect(error.location?.pointer.description == example.pointer, "\(error)")
      if !error.reason.contains(example.reason) { Issue.record("\(error)") }
      #expect(error.certainty == .contradiction)
      return true
    }
  }

  @Test func `an impossible branch or optional member is simply never taken`() throws {
    let text =
      #"{"type":"object","properties":{"a":{"type":"integer","minimum":2,"maximum":1},"b":{"anyOf":[false,{"const":1}]}},"required":["b"],"additionalProperties":false}"#
    let schema = try SchemaCompiler().compile(try JSONValue.parse(text))
    let generator = ValueGenerator(schema: schema)
    for seed in 0..<50 {
      var source = ChoiceSource(seed: UInt64(seed))
      #expect(try generator.value(from: &source).text() == #"{"b":1}"#)
    }
  }

  @Test func `chains of thousands of schemas do no harm`() throws {
    let count = 3_000
    func chain(_ link: (Int) -> String) throws -> CompiledSchema {
      let links = (0..<count).map { "\"s\($0)\":\(link($0))" }.joined(separator: ",")
      let text = "{\"$ref\":\"#/$defs/s0\",\"$defs\":{\(links),\"s\(count)\":{\"type\":\"null\"}}}"
      return try SchemaCompiler().compile(try JSONValue.parse(text))
    }
    let optional = try chain {
      "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/s\($0 + 1)\"}}}"
    }
    let required = try chain {
      "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":\"#/$defs/s\($0 + 1)\"}}}"
    }
    let contained = try chain {
      "{\"type\":\"array\",\"contains\":{\"$ref\":\"#/$defs/s\($0 + 1)\"}}"
    }
    let mapped = try chain {
      "{\"additionalProperties\":{\"$ref\":\"#/$defs/s\($0 + 1)\"}}"
    }
    for schema in [optional, mapped] {
      var source = ChoiceSource(seed: 3)
      #expect(schema.isValid(try ValueGenerator(schema: schema).value(from: &source)))
    }
    for schema in [required, contained] {
      var source = ChoiceSource(seed: 3)
      #expect(throws: UnsatisfiableSchema.self) {
        try ValueGenerator(schema: schema).value(from: &source)
      }
    }
  }
}
