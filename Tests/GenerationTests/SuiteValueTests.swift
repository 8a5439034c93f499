import Generation
import JSON
import JSONSchema
import TestSupport
import Testing

/// Every schema of the official suite, as something to make values of.
struct SuiteValueTests {
  private static let folder = "json-schema-test-suite"
  private static let dialects: [SchemaDialect] = [
    .draft4, .draft6, .draft7, .draft2019_09, .draft2020_12,
  ]

  private struct Example {
    var name: String
    var schema: CompiledSchema
    var valid: [JSONValue]
  }

  private static let registry: SchemaRegistry = {
    var registry = SchemaRegistry()
    let base = folder + "/remotes/"
    for path in TestData.files(below: folder + "/remotes", withSuffix: ".json") {
      guard let bytes = TestData.bytes(path), let value = try? JSONValue.parse(bytes) else {
        continue
      }
      let name = path.dropFirst(base.count)
      let dialect = dialects.first { name.hasPrefix($0.rawValue + "/") }
      registry.add(value, uri: "http://localhost:1234/\(name)", dialect: dialect)
    }
    return registry
  }()

  private static func examples(of dialect: SchemaDialect) throws -> [Example] {
    let base = "\(folder)/tests/\(dialect.rawValue)/"
    let paths = TestData.files(below: "\(folder)/tests/\(dialect.rawValue)", withSuffix: ".json")
    return try paths.flatMap { path -> [Example] in
      let bytes = TestData.bytes(path) ?? []
      let content = try JSONValue.parse(bytes, options: .init(loneSurrogates: .replaced))
      let file = path.dropFirst(base.count)
      let assertsFormats = file.hasPrefix("optional/format/") ? true : nil
      let compiler = SchemaCompiler(
        registry: registry,
        dialect: dialect,
        options: SchemaOptions(assertsFormats: assertsFormats)
      )
      return try (content.arrayValue ?? []).map { group in
        Example(
          name: "\(file): \(group["description"]?.stringValue ?? "")",
          schema: try compiler.compile(group["schema"] ?? .null),
          valid: (group["tests"]?.arrayValue ?? [])
            .filter { $0["valid"] == true }.compactMap { $0["data"] }
        )
      }
    }
  }

  @Test(
    .enabled(if: TestData.isPresent(folder), "needs json-schema-test-suite"),
    arguments: dialects
  )
  func `every schema that has a value is given valid ones, and every value has choices`(
    dialect: SchemaDialect
  ) throws {
    let examples = try Self.examples(of: dialect)
    #expect(examples.count > 100)
    for example in examples {
      let generator = ValueGenerator(schema: example.schema)
      for seed in 0..<3 {
        var source = ChoiceSource(seed: UInt64(seed))
        do {
          let value = try generator.value(from: &source)
          #expect(example.schema.isValidByKeywords(value), "\(example.name): \(value.text())")
        } catch {
          #expect(example.valid.isEmpty, "\(example.name): \(error)")
        }
      }
      for value in example.valid {
        let log = try #require(generator.choices(for: value), "\(example.name): \(value.text())")
        var source = ChoiceSource(replaying: log)
        #expect(try generator.value(from: &source) == value, "\(example.name)")
      }
    }
  }

  @Test(
    .enabled(if: TestData.isPresent(folder), "needs json-schema-test-suite"),
    arguments: dialects
  )
  func `every value that is to be invalid is`(dialect: SchemaDialect) throws {
    for example in try Self.examples(of: dialect) {
      let generator = InvalidValueGenerator(schema: example.schema)
      for (seed, site) in generator.sites.enumerated() {
        var source = ChoiceSource(seed: UInt64(seed))
        let invalid = try generator.value(breaking: site, from: &source)
        #expect(!example.schema.isValidByKeywords(invalid.value), "\(example.name): \(site)")
      }
    }
  }
}
