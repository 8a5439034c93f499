import Generation
import JSON
import JSONSchema
import Testing

struct HostileSchemaTests {
  private func compiled(_ text: String) throws -> CompiledSchema {
    try SchemaCompiler().compile(try JSONValue.parse(text))
  }

  @Test(arguments: [
    #"{"type":"string","minLength":1000000000}"#,
    #"{"type":"string","pattern":"^a{100000000}$"}"#,
    #"{"type":"string","pattern":"^((a{1000}){1000}){1000}$"}"#,
    #"{"type":"array","minItems":1000000}"#,
    #"{"type":"array","minItems":1000,"items":{"type":"array","minItems":1000}}"#,
    #"{"type":"object","minProperties":50000000}"#,
    #"{"type":"array","contains":{"const":1},"minContains":1000000}"#,
    #"{"type":"integer","multipleOf":1e999999999,"minimum":1}"#,
    #"{"anyOf":[{"type":"string","minLength":1000000000},{"type":"integer","minimum":2,"maximum":1}]}"#,
  ])
  func `what would be larger than values may be is said to be so`(text: String) throws {
    let schema = try compiled(text)
    let options = GeneratorOptions(longestString: 10_000, mostValues: 2_000)
    var source = ChoiceSource(seed: 1)
    #expect {
      _ = try ValueGenerator(schema: schema, options: options).value(from: &source)
    } throws: { error in
      (error as? UnsatisfiableSchema)?.certainty == .limit
    }
    _ = InvalidValueGenerator(schema: schema, options: options)
    _ = CoverageList(schema: schema, options: options)
  }

  private static func conjunction(_ count: Int, _ branch: (Int) -> String) -> String {
    "{\"allOf\":[\((0..<count).map(branch).joined(separator: ","))]}"
  }

  private static func names(_ count: Int, _ body: (Int) -> String) -> String {
    (0..<count).map(body).joined(separator: ",")
  }

  /// Schemas with values that take some finding.
  private static let laborious = [
    #"{"type":"string","minLength":50000}"#,
    #"{"type":"object","minProperties":500}"#,
    #"{"type":"string","pattern":"^(a+)+$"}"#,
    #"{"type":"string","pattern":"^(a+)+$","minLength":5000}"#,
    #"{"type":"string","pattern":"^((((a{0,100}){0,100}){0,100}){0,100}){0,100}$"}"#,
    #"{"type":"string","pattern":"^(?:a?){1000000000}$"}"#,
    #"{"type":"string","not":{"pattern":"^(a+)+$"},"minLength":20}"#,
    ##"{"not":{"properties":{"a":{"$ref":"#"}}}}"##,
    ##"{"anyOf":[{"type":"array","items":{"$ref":"#"},"minItems":30},{"type":"integer"}]}"##,
    #"{"type":"array","items":{"type":"integer","minimum":1,"maximum":200},"uniqueItems":true,"minItems":200}"#,
    #"{"type":"array","items":{"anyOf":[{"type":"boolean"},{"enum":["a","b"]},{"type":"null"}]},"uniqueItems":true,"minItems":5}"#,
    conjunction(12) { name in
      "{\"anyOf\":[\(names(10) { "{\"properties\":{\"p\(name)\":{\"const\":\($0)}}}" })]}"
    },
    conjunction(8) { name in
      "{\"oneOf\":[\(names(10) { "{\"properties\":{\"p\(name)\":{\"const\":\($0)}}}" })]}"
    },
    conjunction(16) {
      "{\"if\":{\"required\":[\"p\($0)\"]},\"then\":{\"required\":[\"q\($0)\"]},\"else\":{\"required\":[\"r\($0)\"]}}"
    },
    conjunction(12) {
      "{\"if\":{\"properties\":{\"kind\":{\"const\":\($0)}},\"required\":[\"kind\"]},\"then\":{\"required\":[\"body\($0)\"]},\"type\":\"object\",\"required\":[\"kind\"]}"
    },
    conjunction(16) { "{\"not\":{\"required\":[\"p\($0)\",\"q\($0)\"]}}" },
    "{\"type\":\"object\",\"required\":[\(names(200) { "\"p\($0)\"" })],\"properties\":{\(names(200) { "\"p\($0)\":{\"type\":\"integer\"}" })}}",
    "{\"type\":\"object\",\"minProperties\":2,\"additionalProperties\":false,\"properties\":{\(names(300) { "\"p\($0)\":{\"type\":\"integer\"}" })}}",
    "{\"enum\":[\(names(5_000) { "\($0)" })]}",
  ]

  @Test(arguments: laborious)
  func `values are found among very many possibilities`(text: String) throws {
    let schema = try compiled(text)
    let generator = ValueGenerator(schema: schema)
    for seed in 0..<2 {
      var source = ChoiceSource(seed: UInt64(seed))
      let value = try generator.value(from: &source)
      #expect(schema.isValid(value))
      var again = ChoiceSource(replaying: source.log)
      #expect(try generator.value(from: &again) == value, "seed \(seed)")
    }
  }

  @Test func `the work on what can be broken is bounded`() throws {
    let text = Self.conjunction(9) {
      "{\"if\":{\"required\":[\"p\($0)\"]},\"then\":{\"required\":[\"q\($0)\"]}}"
    }
    let schema = try compiled(text)
    let cases = CoverageList(schema: schema).cases
    #expect(!cases.isEmpty)
    for found in cases {
      #expect(schema.isValid(found.value) == found.isValid, "\(found.label)")
    }
  }
}
