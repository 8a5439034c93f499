import Contract
import JSON
import Session
import Verify

/// What failed in the last verification, kept beside what fuzzing keeps.
struct LastFailures {
  /// The file, in the working directory.
  static let file = ".wspact/last-failed.json"

  /// What failed.
  var interactions: Set<FailedInteraction> = []

  /// Reads the file; empty when there is none.
  ///
  /// - Throws: ``Problem`` for a file that this program has not written.
  static func read() throws -> LastFailures {
    guard let bytes = DocumentFiles.bytes(file) else { return LastFailures() }
    guard let items = (try? JSONValue.parse(bytes))?["failed"]?.arrayValue else {
      throw Problem("\(file) cannot be read; remove it, and verify without --last-failed")
    }
    return LastFailures(
      interactions: Set(
        items.compactMap { item in
          guard let contract = item["contract"]?.stringValue,
            let description = item["description"]?.stringValue
          else { return nil }
          return FailedInteraction(contract: contract, description: description)
        }
      )
    )
  }

  /// These failures after a run: what it did not verify stays as it was.
  func after(_ report: RunReport) -> LastFailures {
    var copy = self
    for check in report.checks {
      let name = FailedInteraction(contract: check.group, description: check.name)
      if check.status == .failed {
        copy.interactions.insert(name)
      } else {
        copy.interactions.remove(name)
      }
    }
    return copy
  }

  /// Writes the file, where that changes anything.
  func write(insteadOf old: LastFailures) throws {
    guard interactions != old.interactions else { return }
    let items = interactions.map { ($0.contract, $0.description) }.sorted { $0 < $1 }
    let failed = items.map { (contract, description) -> JSONValue in
      ["contract": .string(contract), "description": .string(description)]
    }
    let value: JSONValue = ["failed": .array(failed)]
    try WholeFile.write(value.bytes(.pretty) + [UInt8(ascii: "\n")], to: Self.file)
  }
}
