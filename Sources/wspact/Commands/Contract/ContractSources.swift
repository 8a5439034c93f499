import Contract
import JSON
import Pact
import Session
import Verify

/// Contracts that commands read, every problem of all files told at once.
enum ContractSources {
  /// A contract with its file.
  struct Read {
    var file: String
    var source: LocatedValue
    var pact: PactFile
    var diagnostics: [Diagnostic]
  }

  /// The contracts in files and folders.
  ///
  /// - Throws: `DiagnosticsError` with every problem; ``Problem`` when there is no contract.
  static func read(_ paths: [String]) throws -> [Read] {
    var problems: [Diagnostic] = []
    var contracts: [Read] = []
    for file in try ContractSelection.files(paths) {
      do {
        let source = try DocumentFiles.document(file)
        let read = try PactFile.read(source, file: file)
        contracts.append(
          Read(file: file, source: source, pact: read.pact, diagnostics: read.diagnostics)
        )
      } catch {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    guard !contracts.isEmpty else {
      throw Problem("there is no contract in \(paths.joined(separator: ", "))")
    }
    return contracts
  }

  /// Writes a contract to a file, or to standard output.
  static func write(_ pact: PactFile, to output: String?) throws {
    guard let output else {
      Terminal.say(String(decoding: pact.bytes, as: UTF8.self))
      return
    }
    try WholeFile.write(pact.bytes, to: output)
    Terminal.complain("contract written to \(output)")
  }
}
