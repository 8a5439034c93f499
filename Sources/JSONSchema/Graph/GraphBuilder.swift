import JSON

/// Turns schemas into nodes, each only once for each way of reading it.
///
/// A dynamic reference depends on the resources that were entered on the way to it, and only on the
/// first of them that has each anchor. That is a finite state, so a schema is made into one node
/// for each state that it is reached in, and every dynamic reference becomes a plain one.
///
/// Spec: 2020-12 Core §7.1 (dynamic scope), §8.2.3.2 (`$dynamicRef`).
final class GraphBuilder {
  /// How many dynamic scopes there may be.
  private static let maximumScopes = 1_000

  /// The first resource entered that has an anchor, for each anchor of those entered.
  private struct DynamicScope: Hashable {
    var bindings: [Binding] = []

    struct Binding: Hashable {
      let anchor: String
      let resource: Int
    }
  }

  /// A resource that is entered from a scope, with so many anchors known in it.
  private struct ScopeStep: Hashable {
    let scope: Int
    let resource: Int
    let anchorCount: Int
  }

  private struct Key: Hashable {
    let document: Int
    let pointer: ByteKey
    let scope: Int
  }

  private struct Pending {
    let node: Int
    let target: SchemaIndex.Target
    let scope: Int
  }

  var index: SchemaIndex
  let options: SchemaOptions
  private(set) var problems: [SchemaProblem] = []
  private var nodes: [SchemaNode] = []
  private var nodeByKey: [Key: Int] = [:]
  private var pending: [Pending] = []
  private var scopes: [DynamicScope] = [DynamicScope()]
  private var scopeNumbers: [DynamicScope: Int] = [DynamicScope(): 0]
  private var scopeAfter: [ScopeStep: Int] = [:]
  private var patterns: [ByteKey: ECMAPattern] = [:]
  private var ranOut = false

  init(index: SchemaIndex, options: SchemaOptions) {
    self.index = index
    self.options = options
  }

  /// Reads a schema and everything that it can reach.
  ///
  /// - Throws: All problems found on the way.
  func build(_ root: SchemaIndex.Target) throws(SchemaCompilationError) -> SchemaGraph {
    let rootNode = node(for: root, scope: 0)
    while !ranOut, let next = pending.popLast() {
      var reader = NodeReader(
        builder: self,
        target: next.target,
        scope: next.scope,
        node: nodes[next.node]
      )
      reader.readSchema()
    }
    let all = index.problems + problems + loopProblems()
    guard all.isEmpty else {
      var seen: Set<SchemaProblem> = []
      throw SchemaCompilationError(problems: all.filter { seen.insert($0).inserted })
    }
    for node in nodes.indices {
      nodes[node].indexProperties()
      nodes[node].anyOfTag = SchemaTag.find(among: nodes[node].anyOf, in: nodes)
      nodes[node].oneOfTag = SchemaTag.find(among: nodes[node].oneOf, in: nodes)
    }
    return SchemaGraph(nodes: nodes, rootNode: rootNode)
  }

  /// Notes a problem.
  func report(_ problem: SchemaProblem) { problems.append(problem) }

  /// The node of a schema that is reached in a dynamic scope.
  func node(for target: SchemaIndex.Target, scope: Int) -> Int {
    let scope = entering(target.resource, from: scope)
    let key = Key(
      document: target.document,
      pointer: ByteKey(target.pointer),
      scope: scope
    )
    if let known = nodeByKey[key] { return known }
    guard nodes.count < options.maximumNodes else {
      reportTooMany(
        "the schema unfolds to more than \(options.maximumNodes) subschemas",
        document: target.document,
        target.pointer
      )
      return 0
    }
    let resource = index.resources[target.resource]
    let location = SchemaLocation(
      documentURI: index.documents[target.document].uri,
      pointer: target.pointer,
      resourceURI: resource.uri,
      resourcePointer: resource.pointer
    )
    let node = nodes.count
    nodes.append(SchemaNode(index: node, location: location, dialect: resource.language.dialect))
    nodeByKey[key] = node
    pending.append(Pending(node: node, target: target, scope: scope))
    return node
  }

  /// Notes once that a limit was reached.
  private func reportTooMany(_ message: String, document: Int, _ pointer: JSONPointer) {
    guard !ranOut else { return }
    ranOut = true
    let uri = index.documents[document].uri
    report(SchemaProblem(documentURI: uri, pointer: pointer, message: message))
  }

  /// The scope after a resource was entered.
  private func entering(_ resource: Int, from scope: Int) -> Int {
    let anchors = index.resources[resource].dynamicAnchors
    guard !anchors.isEmpty else { return scope }
    let step = ScopeStep(scope: scope, resource: resource, anchorCount: anchors.count)
    if let known = scopeAfter[step] { return known }
    let next = joined(anchors, of: resource, to: scope)
    scopeAfter[step] = next
    return next
  }

  private func joined(
    _ anchors: [(name: String, pointer: JSONPointer)],
    of resource: Int,
    to scope: Int
  ) -> Int {
    var next = scopes[scope]
    let bound = Set(next.bindings.map(\.anchor))
    for anchor in anchors where !bound.contains(anchor.name) {
      next.bindings.append(.init(anchor: anchor.name, resource: resource))
    }
    guard next.bindings.count > scopes[scope].bindings.count else { return scope }
    next.bindings.sort { $0.anchor < $1.anchor }
    if let known = scopeNumbers[next] { return known }
    guard scopes.count < Self.maximumScopes else {
      reportTooMany(
        "dynamic references can be read in more than \(Self.maximumScopes) ways",
        document: index.resources[resource].document,
        index.resources[resource].pointer
      )
      return scope
    }
    scopes.append(next)
    scopeNumbers[next] = scopes.count - 1
    return scopes.count - 1
  }

  /// The place that a dynamic anchor names in the outermost resource that has it.
  func dynamicTarget(_ anchor: String, scope: Int) -> SchemaIndex.Target? {
    guard let binding = scopes[scope].bindings.first(where: { $0.anchor == anchor }),
      let place = index.resources[binding.resource].dynamicAnchors.first(where: {
        $0.name == anchor
      })
    else { return nil }
    return index.target(place.pointer, in: binding.resource)
  }

  /// A pattern, compiled once for all schemas that have it.
  func pattern(_ source: String) throws(ECMAPatternError) -> ECMAPattern {
    if let known = patterns[ByteKey(source)] { return known }
    let pattern = try ECMAPattern(source)
    patterns[ByteKey(source)] = pattern
    return pattern
  }
}

extension GraphBuilder {
  /// The references that lead back to their schema without entering the value: whether a value is
  /// valid would depend on whether it is valid.
  private func loopProblems() -> [SchemaProblem] {
    var state = [UInt8](repeating: 0, count: nodes.count)
    var found: [SchemaProblem] = []
    for start in nodes.indices where state[start] == 0 {
      var path: [(node: Int, rest: [Int])] = [(start, nodes[start].inPlaceSubschemas)]
      state[start] = 1
      while let last = path.indices.last {
        guard let next = path[last].rest.popLast() else {
          state[path[last].node] = 2
          path.removeLast()
          continue
        }
        if state[next] == 0 {
          state[next] = 1
          path.append((next, nodes[next].inPlaceSubschemas))
        } else if state[next] == 1 {
          found.append(loopProblem(from: path[last].node, to: next))
        }
      }
    }
    return found
  }

  private func loopProblem(from node: Int, to target: Int) -> SchemaProblem {
    let reference = [nodes[node].reference, nodes[node].dynamicReference]
      .compactMap { $0 }.first { $0.target == target }
    let keyword = reference?.keyword ?? "$ref"
    return SchemaProblem(
      documentURI: nodes[node].location.documentURI,
      pointer: nodes[node].location.pointer.appending(keyword),
      message: "'\(keyword)' leads back to '\(nodes[target].location.uri)', which is being checked "
        + "already for the same value; let a property or an item lie between them"
    )
  }
}
