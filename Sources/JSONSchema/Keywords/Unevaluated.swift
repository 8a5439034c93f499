import JSON

/// `unevaluatedItems` and `unevaluatedProperties`.
///
/// Spec: 2020-12 Core §11.
extension Keyword {
  static let unevaluated: [Keyword] = [
    Keyword("unevaluatedItems", .one, in: .unevaluated, generations: 8...9) { reader, value in
      reader.node.unevaluatedItems = reader.subschema(value)
    },
    Keyword("unevaluatedProperties", .one, in: .unevaluated, generations: 8...9) { reader, value in
      reader.node.unevaluatedProperties = reader.subschema(value)
    },
  ]
}

extension Explainer {
  mutating func checkUnevaluated(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    switch tape.kind(of: value) {
    case .array:
      guard let schema = node.unevaluatedItems, !outcome.evaluated.allItems else { return }
      for (index, item) in items(of: value).enumerated()
      where !outcome.evaluated.nodes.contains(item) {
        checkExtraItem(node.index, "unevaluatedItems", schema, item, index, &outcome)
      }
      outcome.evaluated.allItems = true
    case .object:
      guard let schema = node.unevaluatedProperties, !outcome.evaluated.allMembers else { return }
      for key in keys(of: value) where !outcome.evaluated.nodes.contains(key) {
        checkExtraMember(node.index, "unevaluatedProperties", schema, key, &outcome)
      }
      outcome.evaluated.allMembers = true
    default:
      break
    }
  }
}
