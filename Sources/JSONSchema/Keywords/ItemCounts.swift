/// `minItems` and `maxItems`.
///
/// Spec: 2020-12 Validation §6.4.1, §6.4.2.
extension Keyword {
  static let itemCounts: [Keyword] = [
    Keyword("minItems", in: .validation) { $0.node.minItems = $0.count($1) },
    Keyword("maxItems", in: .validation) { $0.node.maxItems = $0.count($1) },
  ]
}
