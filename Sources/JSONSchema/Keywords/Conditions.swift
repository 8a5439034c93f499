/// `if`, `then` and `else`.
///
/// Spec: 2020-12 Core §10.2.2.1-§10.2.2.3.
extension Keyword {
  static let conditions: [Keyword] = [
    Keyword("if", .one, in: .applicator, generations: 7...9) { reader, value in
      reader.node.ifSchema = reader.subschema(value)
    },
    Keyword("then", .one, in: .applicator, generations: 7...9) { reader, value in
      reader.thenSchema = reader.subschema(value)
    },
    Keyword("else", .one, in: .applicator, generations: 7...9) { reader, value in
      reader.elseSchema = reader.subschema(value)
    },
  ]
}

extension Explainer {
  mutating func checkConditions(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard let condition = node.ifSchema else { return }
    let trial = attempt(condition, value).outcome
    if trial.isValid { outcome.evaluated.formUnion(trial.evaluated) }
    guard let schema = trial.isValid ? node.thenSchema : node.elseSchema else { return }
    require(schema, value, &outcome)
  }
}
