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

  /// A scenario.
  static func scenario(_ path: String) throws(DiagnosticsError) -> Scenario {
    try Scenario(reading: document(path))
  }
}
