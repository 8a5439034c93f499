import ArgumentParser
import Contract
import JSON
import JSONSchema

/// `wspact schema validate`: judges data by a schema.
struct SchemaValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Validate data with a schema.",
    discussion: """
      wspact schema validate message.schema.json recorded.jsonl
      wspact schema validate 'asyncapi.yml#/components/schemas/User' user.json --draft asyncapi
      produce | wspact schema validate types.json - --lines --ref common.json

      Each error has the place in the data and the place in the schema. A file whose name ends in .jsonl \
      or .ndjson has a value on each line.

      Exits with 0 when all values are valid, with 1 when one is not or is no JSON, and with 2 when a file \
      cannot be read or the schema is not sound.
      """
  )

  @Argument(help: "The schema, JSON or YAML; '#/path' behind it names a schema inside the file.")
  var schema: String

  @Argument(help: "Data files, JSON, JSON Lines or YAML; '-' is standard input.")
  var data: [String]

  @OptionGroup
  var language: SchemaLanguageOptions

  @Flag(help: "Take each line of the data for a value.")
  var lines = false

  @Option(help: "The most errors listed for one value.")
  var maxErrors = 50

  @Flag(help: "List what the schema says about valid values: titles, defaults and the like.")
  var annotations = false

  @Option(help: "The form of the report.")
  var format = SchemaReportFormat.text

  func validate() throws {
    guard maxErrors > 0 else {
      throw ValidationError("--max-errors is \(maxErrors); it has to be at least 1")
    }
    guard !data.isEmpty else { throw ValidationError("name the data; '-' is standard input") }
  }

  func run() async throws {
    var sources = try SchemaSources(language)
    let schema = try sources.compile(self.schema, maximumErrors: maxErrors).get().schema
    var report = SchemaValidation(
      schema: schema,
      sources: sources,
      listsAnnotations: annotations,
      isStreaming: format == .text
    )
    var unreadable: [Diagnostic] = []
    for file in data {
      let file = SchemaData(file, hasLines: lines, maximumDepth: language.maxDepth)
      do {
        try file.visit { report.add($0) }
      } catch let error as DiagnosticsError {
        unreadable += error.diagnostics
      }
    }
    switch format {
    case .text: Terminal.say(report.summary)
    case .json: Terminal.say(report.json.text(.pretty) + "\n")
    }
    guard unreadable.isEmpty else { throw DiagnosticsError(unreadable) }
    guard report.valueCount > 0 else { throw Problem("nothing was validated: the data is empty") }
    if report.invalidCount > 0 { throw ExitStatus.findings }
  }
}
