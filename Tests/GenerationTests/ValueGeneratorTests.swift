import Generation
import JSON
import JSONSchema
import Testing

struct ValueGeneratorTests {
  @Test(arguments: NastySchema.all)
  func `every value is valid`(example: NastySchema) throws {
    let schema = try example.compiled()
    let generator = ValueGenerator(schema: schema)
    var distinct: Set<JSONValue> = []
    for seed in 0..<100 {
      var source = ChoiceSource(seed: UInt64(seed))
      let value = try generator.value(from: &source)
      let violations = schema.violations(in: value)
      #expect(violations.isEmpty, "seed \(seed): \(value.text()) \(violations)")
      distinct.insert(value)
    }
    #expect(distinct.count > 1)
  }

  @Test(arguments: NastySchema.all)
  func `a log that is played again gives the same value and the same log`(
    example: NastySchema
  ) throws {
    let generator = ValueGenerator(schema: try example.compiled())
    for seed in 0..<50 {
      var source = ChoiceSource(seed: UInt64(seed))
      let value = try generator.value(from: &source)
      var again = ChoiceSource(replaying: source.log)
      let copy = try generator.value(from: &again)
      #expect(copy.text() == value.text(), "seed \(seed)")
      #expect(again.log == source.log, "seed \(seed)")
    }
  }

  @Test(arguments: NastySchema.all)
  func `an empty log gives a simple valid value`(example: NastySchema) throws {
    let schema = try example.compiled()
    var source = ChoiceSource(replaying: ChoiceLog())
    let value = try ValueGenerator(schema: schema).value(from: &source)
    #expect(schema.isValid(value))
  }
}
