import Contract
import JSON

/// Follows references, across files and round circles.
///
/// Spec: AsyncAPI 3.0 "Reference Object": what stands beside `$ref` is ignored.
final class ReferenceResolver {
  /// Where one reference leads.
  enum Target {
    case node(DocumentNode)
    /// A schema that names itself; the schema compiler finds it.
    case anchor
    /// A file that is itself to blame.
    case unreadable
  }

  private struct CacheKey: Hashable {
    let document: Int
    let text: String
  }

  private unowned let workspace: Workspace
  private var cache: [CacheKey: Result<Target, ReferenceProblem>] = [:]
  /// The references that only lead somewhere when several of their steps are one name.
  private var joining: Set<CacheKey> = []
  private var memberIndexes: [DocumentNode.ID: [[UInt8]: Int]] = [:]
  /// How deep references are nested that are followed on the way of another one.
  private var depth = 0
  private static let maximumDepth = 64

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// The end of the references that begin at a node, or `nil`, with an error, where there is none.
  func follow(_ start: DocumentNode) -> DocumentNode? {
    var node = start
    var visited: Set<DocumentNode.ID> = []
    while case .object(let object) = node.value, let reference = object["$ref"] {
      let place = node.child(reference, "$ref")
      guard case .string(let text) = reference else {
        place.error("'$ref' must be text, found \(reference.found)")
        return nil
      }
      guard visited.insert(node.id).inserted else {
        place.error("'\(text)' leads back to itself")
        return nil
      }
      switch target(of: text, from: node.document) {
      case .success(.node(let next)): node = next
      case .success(.unreadable): return nil
      case .success(.anchor):
        place.error("'\(text)' names a schema; expected a path such as '#/components/messages/…'")
        return nil
      case .failure(let problem):
        place.error(problem.message)
        return nil
      }
    }
    return node
  }

  /// Where a reference leads, one step far.
  func target(of text: String, from document: Int) -> Result<Target, ReferenceProblem> {
    let key = CacheKey(document: document, text: text)
    if let known = cache[key] { return known }
    let result: Result<Target, ReferenceProblem>
    do {
      result = .success(try findTarget(of: text, from: document))
    } catch {
      result = .failure(error)
    }
    if case .failure(let problem) = result, problem.isOfFile {
      cache[key] = .success(.unreadable)
    } else {
      cache[key] = result
    }
    return result
  }

  private func findTarget(
    of text: String,
    from document: Int
  ) throws(ReferenceProblem) -> Target {
    let reference = try ReferenceText(text)
    var root = workspace.root(of: document)
    if !reference.file.isEmpty {
      let file = RelativePath.path(reference.file, from: workspace.file(of: document))
      do {
        guard let opened = try workspace.open(file) else { return .unreadable }
        root = opened
      } catch {
        throw ReferenceProblem("'\(text)' leads nowhere: \(error.message)", isOfFile: true)
      }
    }
    guard case .pointer(let pointer) = reference.fragment else { return .anchor }
    let (node, joinsNames) = try walk(pointer, from: root, text: text)
    if joinsNames { joining.insert(CacheKey(document: document, text: text)) }
    return .node(node)
  }

  /// Whether a reference that leads somewhere has a `/` in it that should be `~1`.
  func joinsNames(_ text: String, from document: Int) -> Bool {
    joining.contains(CacheKey(document: document, text: text))
  }
}

// MARK: - Walking

extension ReferenceResolver {
  /// The place at a path, references on the way followed.
  private func walk(
    _ pointer: JSONPointer,
    from root: DocumentNode,
    text: String
  ) throws(ReferenceProblem) -> (node: DocumentNode, joinsNames: Bool) {
    var node = root
    var index = 0
    var joinsNames = false
    while index < pointer.tokens.count {
      let token = pointer.tokens[index]
      if let next = step(token, from: node) {
        node = next
        index += 1
      } else if let followed = throughReference(node) {
        node = followed
      } else if let joined = joinedName(pointer.tokens[index...], in: node) {
        // Names with '/' are written as they are more often than as '~1'.
        node = joined.node
        index += joined.count
        joinsNames = true
      } else {
        throw unresolved(pointer, at: index, node, text)
      }
    }
    return (node, joinsNames)
  }

  private func step(_ token: String, from node: DocumentNode) -> DocumentNode? {
    switch node.value {
    case .object(let object):
      guard let index = memberIndex(token, of: object, at: node) else { return nil }
      return node.child(object.members[index].value, token)
    case .array(let items):
      guard let index = JSONValue.arrayIndex(token), items.indices.contains(index) else {
        return nil
      }
      return node.child(items[index], token)
    default:
      return nil
    }
  }

  /// The position of a member; for large objects, which many references may lead through, by hash.
  private func memberIndex(_ name: String, of object: JSONObject, at node: DocumentNode) -> Int? {
    guard object.count > 32 else { return object.lastIndex(of: name) }
    if let known = memberIndexes[node.id] { return known[Array(name.utf8)] }
    var indexes: [[UInt8]: Int] = [:]
    for (index, member) in object.members.enumerated() { indexes[Array(member.name.utf8)] = index }
    memberIndexes[node.id] = indexes
    return indexes[Array(name.utf8)]
  }

  /// What a node stands for when it is a reference, which a path may lead through.
  private func throughReference(_ node: DocumentNode) -> DocumentNode? {
    guard case .string(let text) = node.value["$ref"], depth < Self.maximumDepth else { return nil }
    depth += 1
    defer { depth -= 1 }
    guard case .success(.node(let target)) = self.target(of: text, from: node.document),
      target.id != node.id
    else { return nil }
    return target
  }

  /// The member whose name is several steps of the path with the slashes between them.
  private func joinedName(
    _ tokens: ArraySlice<String>,
    in node: DocumentNode
  ) -> (node: DocumentNode, count: Int)? {
    guard case .object(let object) = node.value, tokens.count > 1 else { return nil }
    var name = tokens.first ?? ""
    var found: (DocumentNode, Int)?
    for (offset, token) in tokens.dropFirst().prefix(16).enumerated() {
      name += "/" + token
      // A name that itself begins with '/' gives an empty step first.
      if let index = memberIndex(name, of: object, at: node) {
        found = (node.child(object.members[index].value, name), offset + 2)
      }
    }
    return found
  }
}

// MARK: - Leading nowhere

extension ReferenceResolver {
  private func unresolved(
    _ pointer: JSONPointer,
    at index: Int,
    _ node: DocumentNode,
    _ text: String
  ) -> ReferenceProblem {
    let file = text.prefix { $0 != "#" }
    let hint = suggestion(pointer, at: index, node).map { "; did you mean '\(file)#\($0)'?" }
    return ReferenceProblem("'\(text)' points at nothing\(hint ?? "")")
  }

  /// A path that is there and nearly the same, or ends with the same name elsewhere.
  private func suggestion(
    _ pointer: JSONPointer,
    at index: Int,
    _ node: DocumentNode
  ) -> JSONPointer? {
    let token = pointer.tokens[index]
    let names = node.value.objectValue?.names ?? []
    if let near = nearestName(to: token, in: names.prefix(10_000)) {
      var tokens = node.pointer.tokens + [near]
      let rest = pointer.tokens[(index + 1)...]
      let whole = JSONPointer(tokens: tokens + rest)
      if workspace.documents[node.document][whole] != nil { tokens += rest }
      return JSONPointer(tokens: tokens)
    }
    guard let last = pointer.tokens.last,
      let components = workspace.documents[node.document].value["components"]?.objectValue
    else { return nil }
    let section = components.members.first { $0.value[last] != nil }
    return section.map { JSONPointer(tokens: ["components", $0.name, last]) }
  }
}
