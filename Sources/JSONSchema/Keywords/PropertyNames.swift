/// `propertyNames`.
///
/// Spec: 2020-12 Core §10.3.2.4.
extension Keyword {
  static let propertyNames = Keyword("propertyNames", .one, in: .applicator, generations: 6...9) {
    reader,
    value in
    reader.node.propertyNames = reader.subschema(value)
  }
}
