/// `minLength` and `maxLength`, in Unicode scalars.
///
/// Spec: 2020-12 Validation §6.3.1, §6.3.2.
extension Keyword {
  static let stringLengths: [Keyword] = [
    Keyword("minLength", in: .validation) { $0.node.minLength = $0.count($1) },
    Keyword("maxLength", in: .validation) { $0.node.maxLength = $0.count($1) },
  ]
}
