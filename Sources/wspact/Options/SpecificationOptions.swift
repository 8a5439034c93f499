import ArgumentParser
import AsyncAPI
import Contract

/// The document that says what may be said.
struct SpecificationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The AsyncAPI document.", valueName: "file"))
  var spec: String

  /// Loads the document; warnings go to standard error.
  ///
  /// - Throws: `DiagnosticsError` with every problem of the document.
  func load() throws -> APIDescription {
    let loaded = try AsyncAPIDocument.read(path: spec)
    for diagnostic in loaded.diagnostics { Terminal.complain("\(diagnostic)") }
    return loaded.api
  }
}
