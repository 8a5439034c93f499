/// `oneOf`.
///
/// Spec: 2020-12 Core §10.2.1.3.
extension Keyword {
  static let oneOf = Keyword("oneOf", .list, in: .applicator) { reader, value in
    reader.node.oneOf = reader.subschemas(value)
  }
}

extension Explainer {
  mutating func checkOneOf(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard !node.oneOf.isEmpty else { return }
    if judgeByTag("oneOf", of: node, node.oneOf, node.oneOfTag, value, &outcome) { return }
    let trials = node.oneOf.map { attempt($0, value) }
    let matched = trials.indices.filter { trials[$0].outcome.isValid }
    for index in matched { outcome.evaluated.formUnion(trials[index].outcome.evaluated) }
    guard matched.count != 1 else { return }
    outcome.isValid = false
    if matched.isEmpty {
      explain(
        "oneOf",
        of: node,
        node.oneOf,
        tag: node.oneOfTag,
        trials,
        value,
        &outcome.evaluated
      )
    } else {
      note(node.index, "oneOf", value, .severalAlternatives(matched.map { node.oneOf[$0] }))
    }
  }
}
