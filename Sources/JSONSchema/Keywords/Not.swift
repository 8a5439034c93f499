/// `not`.
///
/// Spec: 2020-12 Core §10.2.1.4.
extension Keyword {
  static let not = Keyword("not", .one, in: .applicator) { reader, value in
    reader.node.not = reader.subschema(value)
  }
}
