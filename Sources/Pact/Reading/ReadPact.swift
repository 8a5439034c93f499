package import Contract
package import JSON

/// A contract that was read from a file, and what was remarkable about the file.
package struct ReadPact: Sendable, Hashable {
  /// The contract.
  package var pact: PactFile
  /// Remarks, none of them an error.
  package var diagnostics: [Diagnostic]
}

extension PactFile {
  /// Reads a contract from the text of its file.
  ///
  /// - Throws: Every problem of the file with its place: no JSON, a version that is not read, members
  ///   that are missing or of the wrong kind, rules that cannot work.
  package static func read(
    _ bytes: [UInt8],
    file: String
  ) throws(DiagnosticsError) -> ReadPact {
    let document: JSONDocument
    do {
      let options = JSONReaderOptions(allowsByteOrderMark: true)
      document = try JSONDocument(parsing: bytes, file: file, options: options)
    } catch {
      throw DiagnosticsError(
        at: error.location,
        error.isCutOff(in: bytes) ? "the file is cut off: \(error.reason)" : "\(error.reason)"
      )
    }
    return try read(LocatedValue(document), file: file)
  }

  /// Reads a contract from a value with its places.
  ///
  /// - Throws: Every problem, with its place.
  package static func read(
    _ source: LocatedValue,
    file: String
  ) throws(DiagnosticsError) -> ReadPact {
    let collector = DiagnosticCollector()
    let pact = PactReader(DocumentCursor(source, collector: collector)).read()
    let diagnostics = collector.sorted(first: file)
    guard let pact, !collector.hasErrors else { throw DiagnosticsError(diagnostics) }
    return ReadPact(pact: pact, diagnostics: diagnostics)
  }
}
