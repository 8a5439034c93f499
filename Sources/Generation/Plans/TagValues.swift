import JSON
import JSONSchema

/// The values that a schema fixes for members that it requires, such as `{"type": "ping"}`.
struct TagValues {
  private var values: [[UInt8]: Set<JSONValue>] = [:]

  /// How far references and `allOf` are followed.
  private static let maximumDepth = 8

  /// Collects what a schema fixes.
  ///
  /// - Parameters:
  ///   - index: The schema.
  ///   - required: Names that are required already.
  ///   - graph: Where the schema is.
  init(of index: Int, required: [String], in graph: SchemaGraph) {
    let joined = Self.joined(index, graph, depth: 0)
    for name in required + joined.flatMap(\.required) {
      for node in joined {
        for property in node.properties where property.name.utf8.elementsEqual(name.utf8) {
          guard let fixed = Self.fixedValues(of: property.schema, graph) else { continue }
          let key = Array(name.utf8)
          values[key] = values[key].map { $0.intersection(fixed) } ?? fixed
        }
      }
    }
  }

  /// Whether no object can have the fixed values of both.
  func excludes(_ other: TagValues) -> Bool {
    values.contains { name, values in
      other.values[name].map { $0.isDisjoint(with: values) } ?? false
    }
  }

  private static func fixedValues(of index: Int, _ graph: SchemaGraph) -> Set<JSONValue>? {
    for node in joined(index, graph, depth: 0) {
      if let constant = node.constant { return [constant] }
      if let values = node.enumeration { return Set(values) }
    }
    return nil
  }

  private static func joined(_ index: Int, _ graph: SchemaGraph, depth: Int) -> [SchemaNode] {
    guard depth < maximumDepth else { return [] }
    let node = graph[index]
    let targets = [node.reference?.target, node.dynamicReference?.target].compactMap { $0 }
    return [node] + (targets + node.allOf).flatMap { joined($0, graph, depth: depth + 1) }
  }
}
