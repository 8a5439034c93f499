/// `oneOf`.
///
/// Spec: 2020-12 Core §10.2.1.3.
extension Keyword {
  static let oneOf = Keyword("oneOf", .list, in: .applicator) { reader, value in
    reader.node.oneOf = reader.subschemas(value)
  }
}
