import Contract
import JSON
import YAML

/// The files of one document, what was found wrong with them, and the way from a reference to its
/// target.
final class Workspace {
  /// The file that was asked for, as the user named it.
  let mainFile: String
  let options: LoadOptions
  let collector = DiagnosticCollector()
  private(set) var documents: [LocatedValue] = []
  /// The document in a file; `nil` for one that is known to be unreadable.
  private var documentByFile: [String: Int?] = [:]
  private(set) lazy var resolver = ReferenceResolver(self)

  init(mainFile: String, options: LoadOptions) {
    self.mainFile = mainFile
    self.options = options
  }

  /// Reads the file that was asked for.
  func openMain() -> DocumentNode? {
    do {
      return add(try DocumentReader.read(contentsOf: mainFile), file: mainFile)
    } catch {
      collector.error(at: error.location, "\(error.reason)")
      return nil
    }
  }

  /// Reads a text in place of the file.
  func openMain(text: String) -> DocumentNode? {
    do {
      return add(try DocumentReader.parse(text: text, file: mainFile), file: mainFile)
    } catch {
      collector.error(at: error.location, "\(error.reason)")
      return nil
    }
  }

  private func add(_ document: LocatedValue, file: String) -> DocumentNode {
    documents.append(document)
    documentByFile[RelativePath.normalised(file)] = .some(documents.count - 1)
    return root(of: documents.count - 1)
  }

  /// The root of a document.
  func root(of document: Int) -> DocumentNode {
    DocumentNode(
      workspace: self,
      document: document,
      pointer: .root,
      value: documents[document].value
    )
  }

  /// The file of a document.
  func file(of document: Int) -> String { documents[document].locations.file }

  /// Opens a file that a reference names.
  ///
  /// - Returns: The root of the document, or `nil` when the file is known to be unreadable.
  /// - Throws: Why the reference is to blame, in words; once for a file.
  func open(_ file: String) throws(ReferenceProblem) -> DocumentNode? {
    let key = RelativePath.normalised(file)
    if let known = documentByFile[key] { return known.map(root) }
    guard documents.count < options.maximumFiles else {
      throw ReferenceProblem("the document has more than \(options.maximumFiles) files")
    }
    // Whatever is wrong with a file is told once, however many references lead to it.
    documentByFile[key] = .some(nil)
    try RelativePath.checkIsFile(file)
    do {
      return add(try DocumentReader.read(contentsOf: file), file: file)
    } catch {
      // A file that is there but cannot be understood is to blame itself, once.
      collector.error(at: error.location, "\(error.reason)")
      return nil
    }
  }
}
