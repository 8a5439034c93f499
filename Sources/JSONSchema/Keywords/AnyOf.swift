/// `anyOf`.
///
/// Spec: 2020-12 Core §10.2.1.2.
extension Keyword {
  static let anyOf = Keyword("anyOf", .list, in: .applicator) { reader, value in
    reader.node.anyOf = reader.subschemas(value)
  }
}

extension Explainer {
  mutating func checkAnyOf(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard !node.anyOf.isEmpty else { return }
    if judgeByTag("anyOf", of: node, node.anyOf, node.anyOfTag, value, &outcome) { return }
    let trials = node.anyOf.map { attempt($0, value) }
    var isMatched = false
    for trial in trials where trial.outcome.isValid {
      isMatched = true
      outcome.evaluated.formUnion(trial.outcome.evaluated)
    }
    guard !isMatched else { return }
    outcome.isValid = false
    explain(
      "anyOf",
      of: node,
      node.anyOf,
      tag: node.anyOfTag,
      trials,
      value,
      &outcome.evaluated
    )
  }
}
