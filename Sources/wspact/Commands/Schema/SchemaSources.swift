import Contract
import Foundation
import JSON
import JSONSchema
import YAML

/// Schema files, and the way back from the compiler's places to lines and columns.
struct SchemaSources {
  private var registry = SchemaRegistry()
  private var documents: [String: LocatedValue] = [:]
  private let language: SchemaLanguageOptions

  /// Reads the documents that references may lead to.
  ///
  /// - Throws: `DiagnosticsError` with everything that cannot be read.
  init(_ language: SchemaLanguageOptions) throws(DiagnosticsError) {
    self.language = language
    var problems: [Diagnostic] = []
    for file in language.references {
      do {
        _ = try add(file)
      } catch {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
  }

  /// Reads a file.
  ///
  /// - Returns: The URI that it goes by.
  private mutating func add(_ file: String) throws(DiagnosticsError) -> String {
    let uri = URL(filePath: file).standardizedFileURL.absoluteString
    if documents[uri] == nil {
      let document = try Self.read(file)
      documents[uri] = document
      registry.add(document.value, uri: uri)
    }
    return uri
  }

  private static func read(_ file: String) throws(DiagnosticsError) -> LocatedValue {
    do {
      return try DocumentReader.read(contentsOf: file)
    } catch {
      throw DiagnosticsError(at: error.location, "\(error.reason)")
    }
  }

  /// A schema that was read and understood.
  struct Loaded {
    var schema: CompiledSchema
    /// The file without a fragment.
    var file: String
  }

  /// Reads and compiles a schema.
  ///
  /// - Parameters:
  ///   - argument: A file; a JSON Pointer or anchor behind `#` names a schema inside it.
  ///   - maximumErrors: How many violations are listed for a value at most.
  /// - Returns: The validator, and what is wrong with the schema where there is none.
  /// - Throws: `DiagnosticsError` when the file cannot be read.
  mutating func compile(
    _ argument: String,
    maximumErrors: Int = 1_000
  ) throws(DiagnosticsError) -> Result<Loaded, DiagnosticsError> {
    var file = argument
    var fragment = ""
    if !Surroundings.hasFile(argument), let mark = argument.firstIndex(of: "#") {
      file = String(argument[..<mark])
      fragment = String(argument[mark...])
    }
    let uri = try add(file)
    let compiler = SchemaCompiler(
      registry: registry,
      dialect: language.draft.dialect,
      options: language.options(maximumErrors: maximumErrors)
    )
    do throws(SchemaCompilationError) {
      return .success(Loaded(schema: try compiler.compile(uri + fragment), file: file))
    } catch {
      return .failure(
        DiagnosticsError(error.problems.map { diagnostic(.error, $0, in: file) }.inOrder)
      )
    }
  }

  /// A problem with its place in a file.
  func diagnostic(
    _ severity: Diagnostic.Severity,
    _ problem: SchemaProblem,
    in file: String
  ) -> Diagnostic {
    let place = location(of: problem.pointer, in: problem.documentURI)
    let mark = "which was not handed in"
    // A hint at another file is worth something only when files were handed in.
    let message =
      problem.message.contains(mark) && language.references.isEmpty
      ? problem.message.prefix(through: mark) + "; hand it in with --ref" : problem.message
    return Diagnostic(severity, at: place ?? SourceLocation(file: file), message)
  }

  /// Where a part of a document stands; `nil` for documents that came from no file.
  func location(of pointer: JSONPointer, in uri: String) -> SourceLocation? {
    documents[uri]?.location(of: pointer)
  }
}

extension [Diagnostic] {
  /// Each once, in the order of the files.
  var inOrder: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let unique = filter { seen.insert($0).inserted }
    return unique.enumerated().sorted { left, right in
      guard let first = left.element.location, let second = right.element.location,
        first != second
      else { return left.offset < right.offset }
      return first < second
    }.map(\.element)
  }
}

extension String {
  /// Everything up to the end of a part.
  fileprivate func prefix(through part: String) -> String {
    firstRange(of: part).map { String(self[..<$0.upperBound]) } ?? self
  }
}
