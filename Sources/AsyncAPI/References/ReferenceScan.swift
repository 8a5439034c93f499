import Contract
import JSON

/// Looks at every reference of a document, so that each one that leads nowhere is told, and notes
/// which of them the schema compiler would not understand as they stand.
///
/// Of other files only that is looked at which the document refers to.
final class ReferenceScan {
  /// What a reference must say to be found by the schema compiler.
  struct Rewrite {
    let place: JSONPointer
    let text: String
  }

  /// For each document by its index, the references to write anew.
  private(set) var rewrites: [Int: [Rewrite]] = [:]
  private let workspace: Workspace
  private var pending: [Place] = []
  private var scanned: Set<DocumentNode.ID> = []

  /// A value that is still to be looked at.
  private struct Place {
    let node: DocumentNode
    /// Whether its members have names that the author chose.
    let isMap: Bool
    /// Whether it stands in a schema with an identifier, against which references may count.
    let isNamed: Bool
    /// Whether it stands beside a `$ref`, where it has no meaning in most schemas.
    let isIgnored: Bool
  }

  /// Members that hold data, in which `$ref` is a name like any other.
  private static let data: Set<String> = ["const", "default", "enum", "example", "examples"]

  /// Members whose own members have names that the author chose.
  private static let maps: Set<String> = [
    "$defs", "channelBindings", "channels", "correlationIds", "definitions", "dependencies",
    "dependentSchemas", "messageBindings", "messageTraits", "messages", "operationBindings",
    "operationTraits", "operations", "parameters", "patternProperties", "properties", "replies",
    "replyAddresses", "schemas", "securitySchemes", "serverBindings", "serverVariables", "servers",
    "variables",
  ]

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// Looks at everything below a node.
  func run(from root: DocumentNode) {
    pending = [Place(node: root, isMap: false, isNamed: false, isIgnored: false)]
    while let place = pending.popLast() { visit(place) }
  }

  private func visit(_ place: Place) {
    switch place.node.value {
    case .object(let object):
      visit(object, at: place)
    case .array(let items):
      for (index, item) in items.enumerated() where item.isContainer {
        add(place.node.child(item, String(index)), in: place)
      }
    default:
      break
    }
  }

  private func visit(_ object: JSONObject, at place: Place) {
    var isReference = false
    if case .string(let text) = object["$ref"] {
      isReference = true
      check(text, at: place)
    }
    let hasName = !place.isMap && object["$id"]?.stringValue.map { !$0.hasPrefix("#") } == true
    for member in object.members where member.value.isContainer {
      let isName = place.isMap
      guard isName || !Self.data.contains(member.name) && !member.name.hasPrefix("x-") else {
        continue
      }
      add(
        place.node.child(member.value, member.name),
        in: place,
        isMap: !isName && Self.maps.contains(member.name),
        isNamed: hasName,
        isIgnored: isReference
      )
    }
  }

  private func add(
    _ node: DocumentNode,
    in place: Place,
    isMap: Bool = false,
    isNamed: Bool = false,
    isIgnored: Bool = false
  ) {
    // The main document is walked once from its root; others are entered at many places.
    guard node.document == 0 || scanned.insert(node.id).inserted else { return }
    pending.append(
      Place(
        node: node,
        isMap: isMap,
        isNamed: place.isNamed || isNamed,
        isIgnored: place.isIgnored || isIgnored
      )
    )
  }

  private func check(_ text: String, at place: Place) {
    let reference = place.node.child(.string(text), "$ref")
    // The metaschemas are known without being handed in.
    guard !text.hasPrefix("http://json-schema.org/"), !text.hasPrefix("https://json-schema.org/")
    else { return }
    switch workspace.resolver.target(of: text, from: place.node.document) {
    case .success(.node(let target)):
      if target.document != 0, scanned.insert(target.id).inserted {
        pending.append(Place(node: target, isMap: false, isNamed: false, isIgnored: false))
      }
      noteRewrite(of: text, at: reference, to: target)
    case .success(.anchor), .success(.unreadable):
      break
    case .failure(let problem):
      guard !place.isNamed, !place.isIgnored else { return }
      reference.error(problem.message)
    }
  }

  private func noteRewrite(of text: String, at reference: DocumentNode, to target: DocumentNode) {
    guard let plain = try? ReferenceText(text), case .pointer(let pointer) = plain.fragment else {
      return
    }
    let isPlain = target.document == reference.document && plain.file.isEmpty
    guard !isPlain || pointer != target.pointer else { return }
    let written = SchemaDocuments.uri(of: target)
    rewrites[reference.document, default: []].append(
      Rewrite(place: reference.pointer, text: written)
    )
    if workspace.resolver.joinsNames(text, from: reference.document) {
      reference.warn("'\(text)' has a '/' that is part of a name; did you mean '~1'?")
    }
  }
}

extension JSONValue {
  /// Whether there can be a reference in it.
  fileprivate var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}
