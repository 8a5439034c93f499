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
