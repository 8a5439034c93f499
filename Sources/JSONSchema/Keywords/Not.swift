/// `not`.
///
/// Spec: 2020-12 Core §10.2.1.4.
extension Keyword {
  static let not = Keyword("not", .one, in: .applicator) { reader, value in
    reader.node.not = reader.subschema(value)
  }
}

extension Explainer {
  mutating func checkNot(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard let schema = node.not else { return }
    let annotationCount = annotations.count
    let isMatch = attempt(schema, value).outcome.isValid
    dropAnnotations(from: annotationCount)
    guard isMatch else { return }
    outcome.isValid = false
    note(node.index, "not", value)
  }
}
