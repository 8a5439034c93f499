import JSON
import JSONSchema

/// Collects the members of a schema that `const` or `enum` say something about.
struct FixedMembers {
  let graph: SchemaGraph
  let maximumDepth: Int
  let maximumCount: Int

  private struct Place: Hashable {
    let node: Int
    let tokens: [String]
  }

  func collect() -> [JSONPointer] {
    var found: [JSONPointer] = []
    var seen: Set<Place> = []
    var open = [Place(node: graph.rootNode, tokens: [])]
    var next = 0
    while next < open.count, found.count < maximumCount, open.count < 10_000 {
      let place = open[next]
      next += 1
      guard seen.insert(place).inserted else { continue }
      let node = graph[place.node]
      if !place.tokens.isEmpty, node.constant != nil || node.enumeration != nil {
        found.append(JSONPointer(tokens: place.tokens))
      }
      let inPlace =
        [node.reference?.target, node.dynamicReference?.target].compactMap { $0 } + node.allOf
        + node.anyOf + node.oneOf
      open += inPlace.map { Place(node: $0, tokens: place.tokens) }
      guard place.tokens.count < maximumDepth else { continue }
      open += node.properties.map { Place(node: $0.schema, tokens: place.tokens + [$0.name]) }
    }
    return found
  }
}
