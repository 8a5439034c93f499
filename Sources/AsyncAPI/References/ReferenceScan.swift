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
  /// The references of which everything has been said.
  private(set) var unresolved: Set<DocumentNode.ID> = []
  private let workspace: Workspace
  private var pending: [Place] = []
  /// What was found in the value that is being looked at, in the order of the text.
  private var found: [Place] = []
  private var scanned: Set<DocumentNode.ID> = []

  /// A value that is still to be looked at.
  private struct Place {
    let node: DocumentNode
    /// What it is a map of, where its members have names that the author chose.
    let map: MapKind?
    /// Whether it stands in a schema with an identifier, against which references may count.
    let isNamed: Bool
    /// Whether it stands beside a `$ref`, where it has no meaning in most schemas.
    let isIgnored: Bool
  }

  /// What stands behind names that the author chose.
  private enum MapKind {
    case schemas
    case others
  }

  /// Members that hold data, in which `$ref` is a name like any other.
  private static let data: Set<String> = ["const", "default", "enum", "example", "examples"]

  /// Members whose own members have names that the author chose.
  private static let maps: [String: MapKind] = {
    let schemas = [
      "$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties",
    ]
    let others = [
      "channelBindings", "channels", "correlationIds", "messageBindings", "messageTraits",
      "messages", "operationBindings", "operationTraits", "operations", "parameters", "replies",
      "replyAddresses", "schemas", "securitySchemes", "serverBindings", "serverVariables",
      "servers", "variables",
    ]
    let pairs = schemas.map { ($0, MapKind.schemas) } + others.map { ($0, MapKind.others) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// Looks at everything below a node.
  func run(from root: DocumentNode) {
    pending = [Place(node: root, map: nil, isNamed: false, isIgnored: false)]
    while let place = pending.popLast() {
      visit(place)
      // The last one is looked at first.
      pending += found.reversed()
      found = []
    }
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
      if place.map == .schemas {
        tellMisplaced(place.node.child(.string(text), "$ref"), in: place.node.key)
      } else {
        isReference = true
        check(text, at: place)
      }
    }
    let hasName = place.map == nil && object["$id"]?.stringValue.map { !$0.hasPrefix("#") } == true
    for member in object.members where member.value.isContainer {
      let isName = place.map != nil
      guard isName || !Self.data.contains(member.name) && !member.name.hasPrefix("x-") else {
        continue
      }
      add(
        place.node.child(member.value, member.name),
        in: place,
        map: isName ? nil : Self.maps[member.name],
        isNamed: hasName,
        isIgnored: isReference
      )
    }
  }

  private func add(
    _ node: DocumentNode,
    in place: Place,
    map: MapKind? = nil,
    isNamed: Bool = false,
    isIgnored: Bool = false
  ) {
    // The main document is walked once from its root; others are entered at many places.
    guard node.document == 0 || scanned.insert(node.id).inserted else { return }
    found.append(
      Place(
        node: node,
        map: map,
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
        found.append(Place(node: target, map: nil, isNamed: false, isIgnored: false))
      }
      noteRewrite(of: text, at: reference, to: target)
    case .success(.anchor):
      break
    case .success(.unreadable):
      unresolved.insert(reference.id)
    case .failure(let problem):
      guard !place.isNamed, !place.isIgnored else { return }
      unresolved.insert(reference.id)
      reference.error(problem.message)
    }
  }

  /// A reference among properties takes over nothing, whatever its author hoped for.
  private func tellMisplaced(_ reference: DocumentNode, in map: String) {
    unresolved.insert(reference.id)
    reference.keyError(
      "'$ref' stands among the names of '\(map)'; to take over what another schema says, put it "
        + "into 'allOf'"
    )
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
