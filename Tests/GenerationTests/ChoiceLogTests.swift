import Generation
import JSON
import JSONSchema
import Testing

struct ChoiceLogTests {
  @Test(arguments: NastySchema.all)
  func `a log survives being written and read`(example: NastySchema) throws {
    let generator = ValueGenerator(schema: try example.compiled())
    for seed in 0..<20 {
      var source = ChoiceSource(seed: UInt64(seed))
      let value = try generator.value(from: &source)
      let text = source.log.json.text()
      let log = try #require(ChoiceLog(json: try JSONValue.parse(text)))
      #expect(log.json.text() == text)
      var again = ChoiceSource(replaying: log)
      #expect(try generator.value(from: &again) == value, "seed \(seed): \(text)")
      #expect(again.log == source.log)
    }
  }

  @Test(arguments: ["1", "{}", "[null]", "[1.5]", "[[1,2]]", "[{\"part\":[]}]", "[{\"item\":1}]"])
  func `what is no log is not read as one`(text: String) throws {
    #expect(ChoiceLog(json: try JSONValue.parse(text)) == nil)
  }
}
