package import Contract
import JSON

/// AsyncAPI documents: YAML or JSON in, one description of what may be said out.
///
/// A document goes through four stages, each with a type of its own: it is read with the place of
/// everything in it (``Workspace``), its references are followed (``ReferenceResolver``), what its
/// version calls things becomes an ``APIOutline``, and that becomes an `APIDescription` with names,
/// compiled schemas and directions (``DescriptionBuilder``). Every stage goes on after a problem, so
/// that one run tells them all.
///
/// Spec: AsyncAPI 2.0 to 2.6, 3.0 and 3.1.
package enum AsyncAPIDocument {
  /// Loads the document in a file, with the files that it refers to.
  ///
  /// - Throws: Every problem of the document, errors and warnings, where one is an error.
  package static func load(
    path: String,
    options: LoadOptions = LoadOptions()
  ) throws(DiagnosticsError) -> APIDescription {
    try read(path: path, options: options).api
  }

  /// Loads the document in a text.
  ///
  /// - Parameters:
  ///   - text: YAML or JSON.
  ///   - file: What messages call the text; relative references are read as from this file.
  ///   - options: The point of view, and limits.
  /// - Returns: What may be said.
  /// - Throws: Every problem of the document, errors and warnings, where one is an error.
  package static func load(
    text: String,
    file: String,
    options: LoadOptions = LoadOptions()
  ) throws(DiagnosticsError) -> APIDescription {
    try read(text: text, file: file, options: options).api
  }

  /// Loads the document in a file, and says what is odd about it too.
  ///
  /// - Throws: Every problem of the document, errors and warnings, where one is an error.
  package static func read(
    path: String,
    options: LoadOptions = LoadOptions()
  ) throws(DiagnosticsError) -> LoadedAPI {
    let workspace = Workspace(mainFile: path, options: options)
    return try load(workspace, root: workspace.openMain())
  }

  /// Loads the document in a text, and says what is odd about it too.
  ///
  /// - Parameters:
  ///   - text: YAML or JSON.
  ///   - file: What messages call the text; relative references are read as from this file.
  ///   - options: The point of view, and limits.
  /// - Returns: What may be said, and warnings.
  /// - Throws: Every problem of the document, errors and warnings, where one is an error.
  package static func read(
    text: String,
    file: String,
    options: LoadOptions = LoadOptions()
  ) throws(DiagnosticsError) -> LoadedAPI {
    let workspace = Workspace(mainFile: file, options: options)
    return try load(workspace, root: workspace.openMain(text: text))
  }

  private static func load(
    _ workspace: Workspace,
    root: DocumentNode?
  ) throws(DiagnosticsError) -> LoadedAPI {
    let api = root.flatMap { describe($0, in: workspace) }
    let diagnostics = workspace.collector.sorted(first: workspace.mainFile)
    guard let api, !workspace.collector.hasErrors else { throw DiagnosticsError(diagnostics) }
    return LoadedAPI(api: api, diagnostics: diagnostics)
  }

  private static func describe(_ root: DocumentNode, in workspace: Workspace) -> APIDescription? {
    guard let version = DocumentVersion(reading: root) else { return nil }
    let scan = ReferenceScan(workspace)
    scan.run(from: root)
    let outline =
      switch version.major {
      case 2: Version2Mapping(root).outline()
      default: Version3Mapping(root).outline()
      }
    return DescriptionBuilder(outline, workspace: workspace, references: scan).build()
  }
}
