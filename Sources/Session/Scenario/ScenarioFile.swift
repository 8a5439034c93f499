package import Contract
import JSON
import YAML

/// Scenarios in files.
package enum ScenarioFile {
  /// Reads a scenario from a YAML or JSON file.
  ///
  /// - Throws: Every problem of the file, each with its place.
  package static func read(_ path: String) throws(DiagnosticsError) -> Scenario {
    try Scenario(reading: document(path))
  }

  private static func document(_ path: String) throws(DiagnosticsError) -> LocatedValue {
    do {
      return try DocumentReader.read(contentsOf: path)
    } catch {
      throw DiagnosticsError(at: error.location, "\(error.reason)")
    }
  }
}
