import JSON
import JSONSchema
import TestSupport
import Testing

/// A schema of the official suite with its tests.
struct SuiteGroup: Sendable {
  /// What a suite's file belongs to.
  enum Part: String, Sendable, CaseIterable {
    case required, optional, format
  }

  struct Case: Sendable {
    let description: String
    let data: JSONValue
    let isValid: Bool
  }

  let dialect: SchemaDialect
  let part: Part
  /// The file's path below the draft's folder.
  let file: String
  let description: String
  let schema: JSONValue
  let cases: [Case]

  /// The name of a case, as the list of expected failures has it.
  func name(of test: Case) -> String {
    "\(dialect.rawValue)/\(file): \(description): \(test.description)"
  }

  /// The group's validator; formats are asserted for the format part, otherwise as the dialect has
  /// it.
  func compiled() throws -> CompiledSchema {
    let options = SchemaOptions(assertsFormats: part == .format ? true : nil)
    return try SchemaCompiler(registry: Suite.remotes, dialect: dialect, options: options)
      .compile(schema)
  }
}

extension SuiteGroup: CustomTestStringConvertible {
  var testDescription: String { "\(dialect.rawValue)/\(file): \(description)" }
}

/// The official suite as it lies in the folder of test data.
enum Suite {
  static let folder = "json-schema-test-suite"

  static let dialects: [SchemaDialect] = [
    .draft4, .draft6, .draft7, .draft2019_09, .draft2020_12,
  ]

  /// Everything that schemas of the suite refer to.
  static let remotes: SchemaRegistry = {
    var registry = SchemaRegistry()
    let base = "\(folder)/remotes/"
    for path in TestData.files(below: folder + "/remotes", withSuffix: ".json") {
      guard let bytes = TestData.bytes(path), let value = try? JSONValue.parse(bytes) else {
        continue
      }
      let name = path.dropFirst(base.count)
      // The folders of drafts say what a document without `$schema` is written in.
      let dialect = dialects.first { name.hasPrefix($0.rawValue + "/") }
      registry.add(value, uri: "http://localhost:1234/\(name)", dialect: dialect)
    }
    return registry
  }()

  static let groups: [SuiteGroup] = dialects.flatMap { dialect in
    let base = "\(folder)/tests/\(dialect.rawValue)"
    return TestData.files(below: base, withSuffix: ".json").flatMap { path in
      groups(path, file: String(path.dropFirst(base.count + 1)), dialect)
    }
  }

  static func groups(in part: SuiteGroup.Part) -> [SuiteGroup] {
    groups.filter { $0.part == part }
  }

  private static func groups(
    _ path: String,
    file: String,
    _ dialect: SchemaDialect
  ) -> [SuiteGroup] {
    guard let bytes = TestData.bytes(path),
      // Some cases are about half surrogate pairs in strings.
      let content = try? JSONValue.parse(bytes, options: .init(loneSurrogates: .replaced)),
      case .array(let groups) = content
    else { return [] }
    let part: SuiteGroup.Part =
      file.hasPrefix("optional/format/")
      ? .format : file.hasPrefix("optional/") ? .optional : .required
    return groups.map { group in
      SuiteGroup(
        dialect: dialect,
        part: part,
        file: file,
        description: group["description"]?.stringValue ?? "",
        schema: group["schema"] ?? .null,
        cases: (group["tests"]?.arrayValue ?? []).map { test in
          SuiteGroup.Case(
            description: test["description"]?.stringValue ?? "",
            data: test["data"] ?? .null,
            isValid: test["valid"]?.boolValue ?? false
          )
        }
      )
    }
  }
}
