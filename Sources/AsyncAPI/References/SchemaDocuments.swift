import JSON
import JSONSchema

/// The documents as the schema compiler gets them, and the way back from its problems.
struct SchemaDocuments {
  let registry: SchemaRegistry
  private let documentByURI: [String: Int]

  /// Hands over all documents, with those references written anew that need it.
  init(_ workspace: Workspace, rewrites: [Int: [ReferenceScan.Rewrite]]) {
    var registry = SchemaRegistry()
    var documentByURI: [String: Int] = [:]
    for (index, document) in workspace.documents.enumerated() {
      let uri = Self.uri(ofDocument: index, workspace)
      documentByURI[uri] = index
      var texts = ReferenceTexts()
      for rewrite in rewrites[index] ?? [] {
        texts.add(rewrite.text, at: rewrite.place.tokens[...])
      }
      registry.add(texts.applied(to: document.value), uri: uri)
    }
    self.registry = registry
    self.documentByURI = documentByURI
  }

  /// The document that a problem is in.
  func document(at uri: String) -> Int? { documentByURI[uri] }

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
