import Generation
import JSON
import JSONSchema
import Testing

struct TwelveMessagesTests {
  private func compiled() throws -> CompiledSchema {
    try SchemaCompiler().compile(try JSONValue.parse(TwelveMessages.text))
  }

  @Test func `every assertion is broken alone, with a valid value beside it`() throws {
    let schema = try compiled()
    let generator = InvalidValueGenerator(schema: schema)
    // Two messages with different tags cannot be had at once.
    #expect(
      generator.unbreakable.map(\.site.description) == [
        "#/oneOf: several", "#/$defs/payment/properties/method/oneOf: several",
      ]
    )
    #expect(generator.sites.count == 326)
    let cases = CoverageList(schema: schema).cases
    let names = { (cases: [CoverageCase]) in Set(cases.compactMap { $0.site?.description }) }
    let broken = names(cases.filter { !$0.isValid && $0.isAlone })
    let twins = names(cases.filter(\.isValid))
    for site in generator.sites.map(\.description) {
      #expect(broken.contains(site))
      #expect(twins.contains(site))
    }
    for found in cases {
      #expect(schema.isValid(found.value) == found.isValid, "\(found.label)")
    }
  }

  @Test func `values are of every kind, of some size, and all different`() throws {
    let schema = try compiled()
    let generator = ValueGenerator(schema: schema)
    var kinds: Set<String> = []
    var texts: Set<String> = []
    var size = 0
    for seed in 0..<500 {
      var source = ChoiceSource(seed: UInt64(seed))
      let value = try generator.value(from: &source)
      #expect(schema.isValidByKeywords(value), "seed \(seed)")
      if let kind = value["type"]?.stringValue { kinds.insert(kind) }
      texts.insert(value.text())
      size += value.bytes().count
    }
    #expect(kinds == Set(TwelveMessages.kinds))
    #expect(texts.count == 500)
    #expect((200...400).contains(size / 500))
  }

  @Test func `every invalid value breaks one assertion and no other`() throws {
    let schema = try compiled()
    let generator = InvalidValueGenerator(schema: schema)
    for seed in 0..<500 {
      var source = ChoiceSource(seed: UInt64(seed))
      let invalid = try generator.value(from: &source)
      #expect(!schema.isValidByKeywords(invalid.value), "\(invalid.site)")
    }
  }
}
