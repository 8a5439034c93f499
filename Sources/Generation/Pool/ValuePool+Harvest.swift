package import JSON
package import JSONSchema

extension ValuePool {
  /// Adds the strings and numbers of a value, each at the place that the schema gives it.
  ///
  /// Values that a schema fixes (`const`, `enum`) say nothing and are left out, and so are long texts.
  ///
  /// - Parameters:
  ///   - value: What was sent or received.
  ///   - schema: What describes it; members that it does not mention are kept under their names.
  package mutating func harvest(_ value: JSONValue, schema: CompiledSchema) {
    var harvester = Harvester(graph: schema.graph)
    harvester.visit(value, nodes: [schema.rootNode], property: nil)
    for (value, site) in harvester.found { add(value, at: site) }
  }
}

/// Walks a value and its schemas side by side.
private struct Harvester {
  /// Longer texts are no ids.
  static let maximumLength = 256

  let graph: SchemaGraph
  var found: [(JSONValue, PoolSite)] = []

  init(graph: SchemaGraph) { self.graph = graph }

  mutating func visit(_ value: JSONValue, nodes: [Int], property: String?) {
    let all = inPlace(nodes)
    switch value {
    case .object(let object):
      for member in object.members {
        visit(member.value, nodes: children(of: all, member.name), property: member.name)
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        visit(item, nodes: children(of: all, index), property: property)
      }
    case .string(let text):
      guard !text.isEmpty, text.utf8.count <= Self.maximumLength else { return }
      add(value, all, property)
    case .number: add(value, all, property)
    case .null, .bool: break
    }
  }

  private mutating func add(_ value: JSONValue, _ nodes: [SchemaNode], _ property: String?) {
    guard !nodes.contains(where: { $0.constant != nil || $0.enumeration != nil }) else { return }
    let site = PoolSite(
      schemas: nodes.map(\.location.uri),
      property: property,
      format: nodes.lazy.compactMap(\.format).first
    )
    found.append((value, site))
  }

  private func inPlace(_ nodes: [Int]) -> [SchemaNode] {
    var seen: Set<Int> = []
    var waiting = Array(nodes.reversed())
    var result: [SchemaNode] = []
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      let node = graph[next]
      if node.booleanSchema == nil { result.append(node) }
      waiting += node.inPlaceSubschemas.filter { $0 != node.not && $0 != node.ifSchema }.reversed()
    }
    return result
  }

  private func children(of nodes: [SchemaNode], _ name: String) -> [Int] {
    nodes.flatMap { node in
      let known = node.properties.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.schema)
      return known.isEmpty ? [node.additionalProperties].compactMap { $0 } : known
    }
  }

  private func children(of nodes: [SchemaNode], _ index: Int) -> [Int] {
    nodes.compactMap { node in
      index < node.prefixItems.count ? node.prefixItems[index] : node.items
    }
  }
}
