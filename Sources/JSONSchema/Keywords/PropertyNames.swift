/// `propertyNames`.
///
/// Spec: 2020-12 Core §10.3.2.4.
extension Keyword {
  static let propertyNames = Keyword("propertyNames", .one, in: .applicator, generations: 6...9) {
    reader,
    value in
    reader.node.propertyNames = reader.subschema(value)
  }
}

extension Explainer {
  mutating func checkPropertyNames(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard let schema = node.propertyNames else { return }
    for key in keys(of: value) {
      let other = check(schema, key, at: .name(key))
      outcome.isValid = outcome.isValid && other.isValid
    }
  }
}
