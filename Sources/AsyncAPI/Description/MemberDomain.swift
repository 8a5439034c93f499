import JSON
import JSONSchema

/// Works out which values a schema lets a member have.
struct MemberDomain {
  /// How far references and alternatives are followed without entering the value.
  private static let maximumDepth = 64

  private struct Key: Hashable {
    let node: Int
    let depth: Int
  }

  let graph: SchemaGraph
  let tokens: [String]
  private var known: [Key: Set<JSONValue>?] = [:]

  init(graph: SchemaGraph, tokens: [String]) {
    self.graph = graph
    self.tokens = tokens
  }

  /// The values, or `nil` where they are not limited to some.
  mutating func domain() -> Set<JSONValue>? { domain(graph.rootNode, depth: 0, inPlace: 0) }

  /// What a schema makes of the rest of the path behind its first `depth` steps; `inPlace` schemas
  /// for the same value lead to it.
  private mutating func domain(_ node: Int, depth: Int, inPlace: Int) -> Set<JSONValue>? {
    guard inPlace < Self.maximumDepth else { return nil }
    let key = Key(node: node, depth: depth)
    if let known = known[key] { return known }
    known[key] = .some(nil)
    let result = compute(graph[node], depth: depth, inPlace: inPlace)
    known[key] = .some(result)
    return result
  }

  private mutating func compute(
    _ node: SchemaNode,
    depth: Int,
    inPlace: Int
  ) -> Set<JSONValue>? {
    var domain: Set<JSONValue>?
    func narrow(_ other: Set<JSONValue>?) {
      guard let other else { return }
      domain = domain?.intersection(other) ?? other
    }
    if depth == tokens.count {
      narrow(node.constant.map { [$0] })
      narrow(node.enumeration.map { Set($0) })
    } else {
      for property in node.properties where property.name.utf8.elementsEqual(tokens[depth].utf8) {
        narrow(self.domain(property.schema, depth: depth + 1, inPlace: 0))
      }
    }
    let joined =
      [node.reference?.target, node.dynamicReference?.target].compactMap { $0 } + node.allOf
    for part in joined { narrow(self.domain(part, depth: depth, inPlace: inPlace + 1)) }
    for alternatives in [node.anyOf, node.oneOf] where !alternatives.isEmpty {
      narrow(union(of: alternatives, depth: depth, inPlace: inPlace + 1))
    }
    return domain
  }

  private mutating func union(
    of alternatives: [Int],
    depth: Int,
    inPlace: Int
  ) -> Set<JSONValue>? {
    var union: Set<JSONValue> = []
    for alternative in alternatives {
      guard let values = domain(alternative, depth: depth, inPlace: inPlace) else { return nil }
      union.formUnion(values)
    }
    return union
  }
}
