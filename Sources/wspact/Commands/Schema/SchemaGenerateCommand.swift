import ArgumentParser
import Contract
import Generation
import JSON
import JSONSchema

/// `wspact schema generate`: makes data from a schema.
struct SchemaGenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Generate valid or invalid data from a schema, as JSON Lines.",
    discussion: """
      wspact schema generate message.schema.json --seed 7 --count 100
      wspact schema generate message.schema.json --coverage --invalid --explain

      Each value is valid; with --invalid each one breaks exactly one assertion of the schema. --coverage \
      takes no chance: it goes through the boundaries and special cases of every keyword. With --explain \
      a line is an object that says about its value what is special and where. The same seed makes the \
      same values.

      Exits with 0 when values were made, with 1 when the schema has none, and with 2 when a file cannot \
      be read or the schema is not sound.
      """
  )

  @Argument(help: "The schema, JSON or YAML; '#/path' behind it names a schema inside the file.")
  var schema: String

  @OptionGroup
  var language: SchemaLanguageOptions

  @Option(help: "Where all chance comes from; without it a new seed is taken and printed.")
  var seed: UInt64?

  @Option(help: "How many values (default: 10; with --coverage all).")
  var count: Int?

  @Flag(help: "Make values that the schema rejects, for one reason each.")
  var invalid = false

  @Flag(help: "Make the boundary and special cases of every keyword.")
  var coverage = false

  @Flag(help: "Say for each value what is special, where, and by which part of the schema.")
  var explain = false

  @Flag(help: "Use numbers beyond machine numbers and spellings such as 1e2.")
  var extremeNumbers = false

  func validate() throws {
    if let count, count < 1 {
      throw ValidationError("--count is \(count); it has to be at least 1")
    }
    if coverage, seed != nil {
      throw ValidationError("--coverage makes the same values each time; leave --seed out")
    }
  }

  func run() async throws {
    var sources = try SchemaSources(language)
    let loaded = try sources.compile(schema).get()
    let writer = GeneratedLines(sources: sources, isExplaining: explain)
    do {
      if coverage {
        try writeCoverage(of: loaded.schema, writer)
      } else {
        try writeRandom(from: loaded.schema, writer)
      }
    } catch let error as UnsatisfiableSchema {
      let place = error.location.flatMap { sources.location(of: $0.pointer, in: $0.documentURI) }
      let nothing =
        if invalid {
          "no invalid value was found"
        } else if error.certainty == .contradiction {
          "no value satisfies the schema"
        } else {
          "no value was found that satisfies the schema"
        }
      Terminal.complain("\(Diagnostic(.error, at: place, "\(nothing): \(error.reason)"))")
      throw ExitStatus.findings
    }
  }

  private var options: GeneratorOptions { GeneratorOptions(usesExtremeNumbers: extremeNumbers) }

  private func writeCoverage(of schema: CompiledSchema, _ writer: GeneratedLines) throws {
    let cases = CoverageList(schema: schema, options: options).cases.filter {
      $0.isValid != invalid
    }
    guard !cases.isEmpty else {
      let location = schema.graph[schema.rootNode].location
      throw UnsatisfiableSchema(location: location, reason: "no case was found")
    }
    for item in cases.prefix(count ?? .max) {
      writer.write(
        item.value,
        isValid: item.isValid,
        place: item.place,
        label: item.label,
        site: item.site
      )
    }
  }

  private func writeRandom(from schema: CompiledSchema, _ writer: GeneratedLines) throws {
    let seed = seed ?? .random(in: 1...999_999)
    if self.seed == nil { Terminal.complain("seed \(seed); the same again with --seed \(seed)") }
    var seeds = RandomNumbers(seed: seed)
    if invalid {
      let generator = InvalidValueGenerator(schema: schema, options: options)
      for _ in 0..<(count ?? 10) {
        var source = ChoiceSource(seed: seeds.next())
        let made = try generator.value(from: &source)
        writer.write(
          made.value,
          isValid: false,
          place: made.place,
          label: "breaks '\(made.site.keyword)' alone",
          site: made.site
        )
      }
    } else {
      let generator = ValueGenerator(schema: schema, options: options)
      for _ in 0..<(count ?? 10) {
        var source = ChoiceSource(seed: seeds.next())
        writer.write(try generator.value(from: &source), isValid: true)
      }
    }
  }
}

/// Writes generated values, a line each.
private struct GeneratedLines {
  let sources: SchemaSources
  let isExplaining: Bool

  func write(
    _ value: JSONValue,
    isValid: Bool,
    place: JSONPointer? = nil,
    label: String? = nil,
    site: AssertionSite? = nil
  ) {
    guard isExplaining else { return Terminal.say(value.text() + "\n") }
    var line: JSONObject = ["valid": .bool(isValid)]
    if let label { line["case"] = .string(label) }
    if let place { line["instance"] = .string("\(place)") }
    if let site { line["schema"] = .object(Self.place(of: site, sources)) }
    line["value"] = value
    Terminal.say(JSONValue.object(line).text() + "\n")
  }

  /// The assertion that a case is about.
  private static func place(of site: AssertionSite, _ sources: SchemaSources) -> JSONObject {
    let pointer = site.location.pointer.appending(site.keyword)
    var object: JSONObject = [
      "pointer": .string("\(pointer)"), "keyword": .string(site.keyword),
    ]
    if let part = site.part { object["part"] = .string(part) }
    if let location = sources.location(of: pointer, in: site.location.documentURI) {
      object.append(location)
    }
    return object
  }
}
