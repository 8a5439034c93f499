import Generation
import JSON
import JSONSchema
import Testing

struct InversionTests {
  @Test(arguments: NastySchema.all)
  func `a value turned into choices comes out again`(example: NastySchema) throws {
    let schema = try example.compiled()
    let generator = ValueGenerator(schema: schema)
    for seed in 0..<40 {
      var source = ChoiceSource(seed: UInt64(seed))
      let value = try generator.value(from: &source)
      let log = try #require(generator.choices(for: value), "seed \(seed): \(value.text())")
      var again = ChoiceSource(replaying: log)
      #expect(try generator.value(from: &again) == value, "seed \(seed)")
      #expect(again.log == log, "seed \(seed)")
    }
  }

  @Test(arguments: [
    (
      #"{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"string"}}}"#,
      #"{"b":"x","extra":[1,{"y":null}],"a":1.50}"#
    ),
    (#"{"type":"array","items":{"type":"string","pattern":"^[a-z]+$"}}"#, #"["abc","z"]"#),
    (#"{"type":"string","format":"uuid"}"#, #""2eb8aa08-AA98-11ea-b4aa-73b441d16380""#),
    (#"{"type":"integer"}"#, "123456789012345678901234567890"),
    (#"{"type":"integer"}"#, "1e2"),
    (
      #"{"oneOf":[{"type":"object","required":["t"],"properties":{"t":{"const":"a"}}},{"type":"object","required":["t","n"],"properties":{"t":{"const":"b"},"n":{"type":"integer"}}}]}"#,
      #"{"t":"b","n":7}"#
    ),
    ("{}", #"[[[[[[[[[[[[{"deep":true}]]]]]]]]]]]]"#),
  ])
  func `a value from elsewhere can be turned into choices`(schema: String, value: String) throws {
    let schema = try SchemaCompiler().compile(try JSONValue.parse(schema))
    let generator = ValueGenerator(schema: schema)
    let value = try JSONValue.parse(value)
    let log = try #require(generator.choices(for: value))
    var source = ChoiceSource(replaying: log)
    #expect(try generator.value(from: &source) == value)
  }

  @Test func `a value that the schema does not allow has no choices`() throws {
    let schema = try SchemaCompiler().compile(try JSONValue.parse(#"{"type":"integer"}"#))
    #expect(ValueGenerator(schema: schema).choices(for: "text") == nil)
  }

  @Test func `a value from elsewhere can be made smaller`() async throws {
    let text =
      #"{"type":"object","required":["id"],"properties":{"id":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}}}}"#
    let schema = try SchemaCompiler().compile(try JSONValue.parse(text))
    let generator = ValueGenerator(schema: schema)
    let value = try JSONValue.parse(
      #"{"id":4711,"tags":["one","two","bad","three"],"x":{"y":[1]}}"#
    )
    func made(_ log: ChoiceLog) -> JSONValue {
      var source = ChoiceSource(replaying: log)
      return (try? generator.value(from: &source)) ?? .null
    }
    let log = try #require(generator.choices(for: value))
    let outcome = await Shrinker.minimise(log) { log in
      made(log)["tags"]?.arrayValue?.contains("bad") ?? false
    }
    #expect(made(outcome.log).text() == #"{"id":0,"tags":["bad"]}"#)
  }
}
