/// `anyOf`.
///
/// Spec: 2020-12 Core §10.2.1.2.
extension Keyword {
  static let anyOf = Keyword("anyOf", .list, in: .applicator) { reader, value in
    reader.node.anyOf = reader.subschemas(value)
  }
}
