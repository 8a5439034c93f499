import Contract
import JSON
import JSONSchema

/// The documents as the schema compiler gets them, and the way back from its problems.
struct SchemaDocuments {
  let registry: SchemaRegistry
  private let workspace: Workspace
  private let references: ReferenceScan
  private let documentByURI: [String: Int]

  /// Hands over all documents, with those references written anew that need it.
  init(_ workspace: Workspace, _ references: ReferenceScan) {
    var registry = SchemaRegistry()
    var documentByURI: [String: Int] = [:]
    for (index, document) in workspace.documents.enumerated() {
      let uri = Self.uri(ofDocument: index, workspace)
      documentByURI[uri] = index
      var texts = ReferenceTexts()
      for rewrite in references.rewrites[index] ?? [] {
        texts.add(rewrite.text, at: rewrite.place.tokens[...])
      }
      registry.add(texts.applied(to: document.value), uri: uri)
    }
    self.registry = registry
    self.workspace = workspace
    self.references = references
    self.documentByURI = documentByURI
  }

  /// Tells a problem at its place, unless it is with a reference of which everything has been said.
  func report(_ problem: SchemaProblem, of schema: DocumentNode) {
    guard let document = documentByURI[problem.documentURI] else {
      schema.error(problem.message)
      return
    }
    let id = DocumentNode.ID(document: document, pointer: problem.pointer)
    guard !references.unresolved.contains(id) else { return }
    let location = workspace.documents[document].location(of: problem.pointer)
    guard !workspace.collector.hasError(at: location) else { return }
    workspace.collector.error(at: location, problem.message)
  }

  /// The URI of a place, with the path to it as fragment.
  static func uri(of node: DocumentNode) -> String {
    let fragment = node.pointer.description.split(separator: "%", omittingEmptySubsequences: false)
    return uri(ofDocument: node.document, node.workspace) + "#" + fragment.joined(separator: "%25")
  }

  /// The URI of a document: its path, where that makes one that no other document can have.
  private static func uri(ofDocument index: Int, _ workspace: Workspace) -> String {
    let path = RelativePath.normalised(workspace.file(of: index))
    let isPlain = path.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && !"%#?:<>\"\\^`{|}".utf8.contains(byte)
    }
    guard isPlain, !path.hasPrefix(".."), !path.isEmpty else {
      return "file:document-\(index + 1)"
    }
    return "file:" + path
  }
}

/// New texts for references, as a tree of the places where they stand.
private struct ReferenceTexts {
  private var text: String?
  private var below: [String: ReferenceTexts] = [:]

  mutating func add(_ text: String, at tokens: ArraySlice<String>) {
    guard let first = tokens.first else {
      self.text = text
      return
    }
    below[first, default: ReferenceTexts()].add(text, at: tokens.dropFirst())
  }

  func applied(to value: JSONValue) -> JSONValue {
    if let text { return .string(text) }
    guard !below.isEmpty else { return value }
    switch value {
    case .object(var object):
      for index in object.members.indices {
        guard let change = below[object.members[index].name] else { continue }
        object.members[index].value = change.applied(to: object.members[index].value)
      }
      return .object(object)
    case .array(var items):
      for index in items.indices {
        guard let change = below[String(index)] else { continue }
        items[index] = change.applied(to: items[index])
      }
      return .array(items)
    default:
      return value
    }
  }
}
