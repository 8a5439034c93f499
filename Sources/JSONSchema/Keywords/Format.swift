/// `format`.
///
/// Spec: 2020-12 Validation §7.
extension Keyword {
  static let format = Keyword("format", in: .formatAnnotation) { reader, value in
    reader.node.format = reader.string(value)
  }
}
