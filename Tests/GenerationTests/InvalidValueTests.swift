import Generation
import JSON
import JSONSchema
import Testing

struct InvalidValueTests {
  @Test(arguments: NastySchema.all)
  func `every value is invalid and says which assertion it breaks`(example: NastySchema) throws {
    let schema = try example.compiled()
    let generator = InvalidValueGenerator(schema: schema)
    guard !generator.sites.isEmpty else { return }
    for seed in 0..<25 {
      var source = ChoiceSource(seed: UInt64(seed))
      let invalid = try generator.value(from: &source)
      #expect(!schema.isValid(invalid.value), "seed \(seed): \(invalid.value.text())")
      #expect(invalid.value[invalid.place] != nil || invalid.site.keyword == "required")
      var again = ChoiceSource(replaying: source.log)
      let copy = try generator.value(from: &again)
      #expect(copy.value == invalid.value)
      #expect(copy.site == invalid.site)
    }
  }

  static let flat =
    #"{"type":"object","required":["id","name"],"properties":{"id":{"type":"integer","minimum":1,"maximum":9,"multipleOf":3},"name":{"type":"string","minLength":2,"maxLength":5,"pattern":"^[a-z]+$"},"kind":{"enum":["a","b"]},"version":{"const":2},"tags":{"type":"array","minItems":1,"maxItems":3,"uniqueItems":true,"items":{"type":"string"}},"list":{"contains":{"const":"x"},"maxContains":2},"map":{"propertyNames":{"maxLength":8},"additionalProperties":{"type":"null"}},"score":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}},"minProperties":3,"maxProperties":5,"additionalProperties":false}"#

  @Test func `every assertion of a flat schema is broken alone`() throws {
    let schema = try SchemaCompiler().compile(try JSONValue.parse(Self.flat))
    let generator = InvalidValueGenerator(schema: schema)
    #expect(
      generator.unbreakable.map { "\($0.site) \($0.reason)" }.sorted() == []
    )
    for site in generator.sites {
      for seed in 0..<5 {
        var source = ChoiceSource(seed: UInt64(seed))
        let invalid = try generator.value(breaking: site, from: &source)
        let violations = schema.violations(in: invalid.value)
        #expect(violations.count == 1, "\(site): \(invalid.value.text()) \(violations)")
        #expect(violations.first?.keyword == site.keyword)
      }
    }
  }

  @Test func `the broken part is named`() throws {
    let schema = try SchemaCompiler().compile(
      try JSONValue.parse(
        ##"{"type":"object","required":["list"],"properties":{"list":{"type":"array","items":{"$ref":"#/$defs/item"}}},"$defs":{"item":{"type":"object","properties":{"n":{"type":"integer"}}}}}"##
      )
    )
    let generator = InvalidValueGenerator(schema: schema)
    let site = try #require(
      generator.sites.first { $0.location.pointer.description == "/$defs/item/properties/n" }
    )
    var source = ChoiceSource(seed: 3)
    let invalid = try generator.value(breaking: site, from: &source)
    #expect(invalid.place.tokens.first == "list")
    #expect(invalid.place.tokens.last == "n")
    #expect(site.description == "#/$defs/item/properties/n/type")
  }

  @Test func `a schema that accepts everything has nothing to break`() throws {
    let schema = try SchemaCompiler().compile(try JSONValue.parse(#"{"title":"anything"}"#))
    let generator = InvalidValueGenerator(schema: schema)
    var source = ChoiceSource(seed: 0)
    #expect(throws: UnsatisfiableSchema.self) { try generator.value(from: &source) }
  }
}
