import JSON
import JSONSchema

/// Which members and items count as evaluated for `unevaluatedProperties` and `unevaluatedItems`.
///
/// Spec: 2020-12 Core §11.
struct Evaluation {
  private let graph: SchemaGraph
  private let known: Set<Int>

  init(_ requirements: Requirements, graph: SchemaGraph) {
    self.graph = graph
    known = requirements.nodes
  }

  /// The schemas that a schema hands the value to and that accept it for certain, itself included.
  func reaches(from index: Int) -> [SchemaNode] {
    var seen: Set<Int> = [index]
    var waiting = [index]
    var result: [SchemaNode] = []
    while let next = waiting.popLast() {
      let node = graph[next]
      result.append(node)
      let inPlace = node.inPlaceSubschemas.filter { $0 != node.not }
      for target in inPlace where known.contains(target) && seen.insert(target).inserted {
        waiting.append(target)
      }
    }
    return result
  }

  /// Whether a keyword beside or below looks at the member.
  func covers(_ name: String, of index: Int) -> Bool {
    reaches(from: index).contains { node in
      node.additionalProperties != nil
        || node.index != index && node.unevaluatedProperties != nil
        || node.properties.contains { $0.name.utf8.elementsEqual(name.utf8) }
        || node.patternProperties.contains { $0.pattern.isMatch(name) }
    }
  }

  /// Whether a keyword beside or below looks at the item at a place; `contains` is left out.
  func coversItem(_ place: Int, of index: Int) -> Bool {
    reaches(from: index).contains { node in
      node.items != nil || node.prefixItems.count > place
        || node.index != index && node.unevaluatedItems != nil
    }
  }
}
