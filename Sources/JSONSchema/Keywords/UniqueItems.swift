/// `uniqueItems`.
///
/// Spec: 2020-12 Validation §6.4.3.
extension Keyword {
  static let uniqueItems = Keyword("uniqueItems", in: .validation) { reader, value in
    reader.node.uniqueItems = reader.bool(value) ?? false
  }
}
