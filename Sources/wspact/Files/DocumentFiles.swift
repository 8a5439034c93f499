import Contract
import JSON
import Pact
import YAML

/// Files that commands read, with every problem located.
enum DocumentFiles {
  /// A YAML or JSON file.
  static func document(_ path: String) throws(DiagnosticsError) -> LocatedValue {
    do {
      return try DocumentReader.read(contentsOf: path)
    } catch {
      throw DiagnosticsError(at: error.location, "\(error.reason)")
    }
  }

  /// A contract.
  static func contract(_ path: String) throws(DiagnosticsError) -> ReadPact {
    try PactFile.read(document(path), file: path)
  }

  /// The scenarios that a path stands for: a file itself, a folder the YAML files in it, by name.
  ///
  /// - Throws: ``Problem`` for a folder without any.
  static func scenarioFiles(_ path: String) throws -> [String] {
    guard let names = names(in: path) else { return [path] }
    let files = names.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }.sorted()
    guard !files.isEmpty else {
      throw Problem("there is no scenario (.yml) in the folder '\(path)'")
    }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    return files.map { "\(folder)/\($0)" }
  }

  /// A scenario.
  static func scenario(_ path: String) throws(DiagnosticsError) -> Scenario {
    try Scenario(reading: document(path))
  }
}
