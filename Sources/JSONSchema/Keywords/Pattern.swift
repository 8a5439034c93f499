/// `pattern`.
///
/// Spec: 2020-12 Validation §6.3.3; Core §6.4 (ECMA-262 with the flag `u`, not anchored).
extension Keyword {
  static let pattern = Keyword("pattern", in: .validation) { reader, value in
    guard let source = reader.string(value) else { return }
    reader.node.pattern = reader.pattern(source)
  }
}
