/// `minProperties` and `maxProperties`.
///
/// Spec: 2020-12 Validation §6.5.1, §6.5.2.
extension Keyword {
  static let propertyCounts: [Keyword] = [
    Keyword("minProperties", in: .validation) { $0.node.minProperties = $0.count($1) },
    Keyword("maxProperties", in: .validation) { $0.node.maxProperties = $0.count($1) },
  ]
}
