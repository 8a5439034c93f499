import JSON

/// `minItems` and `maxItems`.
///
/// Spec: 2020-12 Validation §6.4.1, §6.4.2.
extension Keyword {
  static let itemCounts: [Keyword] = [
    Keyword("minItems", in: .validation) { $0.node.minItems = $0.count($1) },
    Keyword("maxItems", in: .validation) { $0.node.maxItems = $0.count($1) },
  ]
}

extension Explainer {
  mutating func checkItemCounts(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    let count = tape.childCount(of: value)
    if let minimum = node.minItems, count < minimum {
      outcome.isValid = false
      note(node.index, "minItems", value)
    }
    if let maximum = node.maxItems, count > maximum {
      outcome.isValid = false
      note(node.index, "maxItems", value)
    }
  }
}
