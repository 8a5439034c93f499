import JSON

/// `minProperties` and `maxProperties`.
///
/// Spec: 2020-12 Validation §6.5.1, §6.5.2.
extension Keyword {
  static let propertyCounts: [Keyword] = [
    Keyword("minProperties", in: .validation) { $0.node.minProperties = $0.count($1) },
    Keyword("maxProperties", in: .validation) { $0.node.maxProperties = $0.count($1) },
  ]
}

extension Explainer {
  mutating func checkPropertyCounts(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    let count = tape.childCount(of: value)
    if let minimum = node.minProperties, count < minimum {
      outcome.isValid = false
      note(node.index, "minProperties", value)
    }
    if let maximum = node.maxProperties, count > maximum {
      outcome.isValid = false
      note(node.index, "maxProperties", value)
    }
  }
}
