import ArgumentParser
import Contract
import Generation
import JSON
import JSONSchema

/// `wspact schema check`: says whether schemas are sound.
struct SchemaCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether schemas are sound.",
    discussion: """
      wspact schema check message.schema.json types.schema.yml

      An error makes a schema unusable: a keyword of the wrong kind, a reference that leads nowhere, a \
      pattern that is none. A warning is about what is allowed and most likely not meant: a misspelt \
      keyword, an unknown format, a schema that no value satisfies.

      Exits with 0 when there is no error (with --strict: nor a warning), with 1 when there is one, with \
      2 when a file cannot be read.
      """
  )

  @Argument(help: "Schema files, JSON or YAML; '#/path' behind one names a schema inside it.")
  var schemas: [String]

  @OptionGroup
  var language: SchemaLanguageOptions

  @Flag(help: "Take warnings for errors.")
  var strict = false

  @Option(help: "The form of the report.")
  var format = SchemaReportFormat.text

  func run() async throws {
    var unreadable: [Diagnostic] = []
    var results: [Checked] = []
    for file in schemas {
      do throws(DiagnosticsError) {
        var sources = try SchemaSources(language)
        results.append(try await check(file, &sources))
      } catch {
        unreadable += error.diagnostics
      }
    }
    switch format {
    case .text: Terminal.say(results.map(\.text).joined())
    case .json: Terminal.say(JSONValue.array(results.map(\.json)).text(.pretty) + "\n")
    }
    guard unreadable.isEmpty else { throw DiagnosticsError(unreadable.inOrder) }
    if !results.allSatisfy({ $0.isSound(strict) }) { throw ExitStatus.findings }
  }

  /// What was found out about a schema.
  private struct Checked {
    var file: String
    var diagnostics: [Diagnostic]
    /// The version of the language; `nil` when there is an error.
    var dialect: SchemaDialect?

    func isSound(_ isStrict: Bool) -> Bool {
      !diagnostics.contains { $0.severity == .error || isStrict && $0.severity == .warning }
    }

    var text: String {
      let lines = diagnostics.map(\.description)
      return (lines + (dialect.map { ["\(file): sound, \($0.title)"] } ?? []))
        .map { $0 + "\n" }.joined()
    }

    var json: JSONValue {
      [
        "file": .string(file), "sound": .bool(dialect != nil),
        "dialect": dialect.map { .string($0.title) } ?? .null,
        "diagnostics": .array(diagnostics.map(\.json)),
      ]
    }
  }

  private func check(
    _ file: String,
    _ sources: inout SchemaSources
  ) async throws(DiagnosticsError) -> Checked {
    switch try sources.compile(file) {
    case .failure(let problems):
      return Checked(file: file, diagnostics: problems.diagnostics)
    case .success(let loaded):
      let graph = loaded.schema.graph
      let doubts = graph.doubts + (await Self.emptiness(of: loaded.schema))
      return Checked(
        file: file,
        diagnostics: doubts.map { sources.diagnostic(.warning, $0, in: loaded.file) }.inOrder,
        dialect: graph[graph.rootNode].dialect
      )
    }
  }

  /// How long a value is looked for.
  private static let patience = Duration.seconds(1)

  /// Says so when no value satisfies a schema; nothing when that takes too long to find out.
  private static func emptiness(of schema: CompiledSchema) async -> [SchemaProblem] {
    let (answers, answer) = AsyncStream.makeStream(of: [SchemaProblem].self)
    // Neither is waited for: the search cannot be stopped, and ends with the program.
    let search = Task.detached { answer.yield(emptiness(searching: schema)) }
    let alarm = Task.detached {
      try? await Task.sleep(for: patience)
      answer.yield([])
    }
    defer {
      search.cancel()
      alarm.cancel()
    }
    return await answers.first { _ in true } ?? []
  }

  private static func emptiness(searching schema: CompiledSchema) -> [SchemaProblem] {
    var source = ChoiceSource(seed: 1)
    do throws(UnsatisfiableSchema) {
      _ = try ValueGenerator(schema: schema).value(from: &source)
      return []
    } catch {
      let location = error.location ?? schema.graph[schema.rootNode].location
      return [
        SchemaProblem(
          documentURI: location.documentURI,
          pointer: location.pointer,
          message: "no value was found that satisfies the schema: \(error.reason)"
        )
      ]
    }
  }
}

/// The forms of what the schema commands print.
enum SchemaReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

extension Diagnostic {
  /// The diagnostic as a JSON object.
  var json: JSONValue {
    var object: JSONObject = ["severity": .string(severity.rawValue)]
    if let location { object.append(location) }
    object["message"] = .string(message)
    return .object(object)
  }
}

extension JSONObject {
  /// Adds `file`, `line` and `column`.
  mutating func append(_ location: SourceLocation) {
    self["file"] = .string(location.file)
    self["line"] = .number(JSONNumber(location.line))
    self["column"] = .number(JSONNumber(location.column))
  }
}
