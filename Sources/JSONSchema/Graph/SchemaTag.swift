package import JSON

/// A property whose value tells alternatives apart, as `type` does in `{"type": "ping"}`.
package struct SchemaTag: Sendable {
  /// The name of the property.
  package let property: String
  /// For each alternative the values that the property may have there; no value is in two of them.
  package let values: [[JSONValue]]
  /// For each alternative whether it requires the property.
  package let isRequired: [Bool]

  /// The alternative that a value of the property belongs to.
  package func alternative(for value: JSONValue) -> Int? {
    values.firstIndex { $0.contains(value) }
  }
}

extension SchemaTag {
  /// How far references and `allOf` are followed to find the tag of an alternative.
  private static let maximumDepth = 16

  /// Finds the property that tells some alternatives apart.
  ///
  /// - Returns: `nil` when there are fewer than two alternatives or none of their properties has
  ///   separate values in all of them.
  static func find(among alternatives: [Int], in nodes: [SchemaNode]) -> SchemaTag? {
    guard alternatives.count > 1, let first = alternatives.first else { return nil }
    for name in candidates(of: first, in: nodes, depth: 0) {
      let values = alternatives.map { fixedValues(of: name, in: $0, nodes, depth: 0) ?? [] }
      guard !values.contains(where: \.isEmpty), areSeparate(values) else { continue }
      return SchemaTag(
        property: name,
        values: values,
        isRequired: alternatives.map { requires(name, $0, nodes, depth: 0) }
      )
    }
    return nil
  }

  private static func areSeparate(_ values: [[JSONValue]]) -> Bool {
    var seen: Set<JSONValue> = []
    for alternative in values {
      for value in Set(alternative) where !seen.insert(value).inserted { return false }
    }
    return true
  }

  /// The properties that have fixed values, in the order of the schema.
  private static func candidates(of node: Int, in nodes: [SchemaNode], depth: Int) -> [String] {
    guard depth < maximumDepth else { return [] }
    let own = nodes[node].properties.filter { values(of: $0.schema, nodes, depth: 0) != nil }
    let inherited = joined(node, nodes).flatMap { candidates(of: $0, in: nodes, depth: depth + 1) }
    return own.map(\.name) + inherited
  }

  /// The values that a property may have, as far as one keyword fixes them.
  private static func fixedValues(
    of name: String,
    in node: Int,
    _ nodes: [SchemaNode],
    depth: Int
  ) -> [JSONValue]? {
    guard depth < maximumDepth else { return nil }
    for property in nodes[node].properties where property.name.utf8.elementsEqual(name.utf8) {
      if let values = values(of: property.schema, nodes, depth: 0) { return values }
    }
    for other in joined(node, nodes) {
      if let values = fixedValues(of: name, in: other, nodes, depth: depth + 1) { return values }
    }
    return nil
  }

  private static func values(of node: Int, _ nodes: [SchemaNode], depth: Int) -> [JSONValue]? {
    guard depth < maximumDepth else { return nil }
    if let constant = nodes[node].constant { return [constant] }
    if let enumeration = nodes[node].enumeration { return enumeration }
    for other in joined(node, nodes) {
      if let values = values(of: other, nodes, depth: depth + 1) { return values }
    }
    return nil
  }

  private static func requires(
    _ name: String,
    _ node: Int,
    _ nodes: [SchemaNode],
    depth: Int
  ) -> Bool {
    guard depth < maximumDepth else { return false }
    return nodes[node].required.contains { $0.utf8.elementsEqual(name.utf8) }
      || joined(node, nodes).contains { requires(name, $0, nodes, depth: depth + 1) }
  }

  /// The schemas that a value must satisfy too.
  private static func joined(_ node: Int, _ nodes: [SchemaNode]) -> [Int] {
    let schema = nodes[node]
    return [schema.reference?.target, schema.dynamicReference?.target].compactMap { $0 }
      + schema.allOf
  }
}
