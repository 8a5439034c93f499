/// `allOf`.
///
/// Spec: 2020-12 Core §10.2.1.1.
extension Keyword {
  static let allOf = Keyword("allOf", .list, in: .applicator) { reader, value in
    reader.node.allOf = reader.subschemas(value)
  }
}

extension Explainer {
  mutating func checkAllOf(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    for schema in node.allOf { require(schema, value, &outcome) }
  }
}
