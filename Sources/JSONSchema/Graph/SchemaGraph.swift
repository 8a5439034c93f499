/// Everything that can be reached from one schema, as nodes by index.
///
/// The graph may have cycles, but no cycle stays at one value: each goes through a member or an item.
package struct SchemaGraph: Sendable {
  /// All schemas; those that only an unused definition needs are there too.
  package let nodes: [SchemaNode]
  /// The schema that was compiled.
  package let rootNode: Int

  /// The schema at an index.
  package subscript(index: Int) -> SchemaNode { nodes[index] }
}

extension SchemaNode {
  /// The nodes that judge the same value as this one: references, `allOf`, `anyOf`, `oneOf`, `not`,
  /// `if`, `then`, `else` and dependent schemas.
  package var inPlaceSubschemas: [Int] {
    [reference?.target, dynamicReference?.target].compactMap { $0 } + allOf + anyOf + oneOf
      + [not, ifSchema, thenSchema, elseSchema].compactMap { $0 } + dependentSchemas.map(\.schema)
  }

  /// The nodes that judge members, names and items of the value.
  package var childSubschemas: [Int] {
    properties.map(\.schema) + patternProperties.map(\.schema)
      + [additionalProperties, unevaluatedProperties, propertyNames].compactMap { $0 } + prefixItems
      + [items, unevaluatedItems, contains, contentSchema].compactMap { $0 }
  }
}
