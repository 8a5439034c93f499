/// `minLength` and `maxLength`, in Unicode scalars.
///
/// Spec: 2020-12 Validation §6.3.1, §6.3.2.
extension Keyword {
  static let stringLengths: [Keyword] = [
    Keyword("minLength", in: .validation) { $0.node.minLength = $0.count($1) },
    Keyword("maxLength", in: .validation) { $0.node.maxLength = $0.count($1) },
  ]
}

extension Explainer {
  mutating func checkStringLength(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard node.minLength != nil || node.maxLength != nil else { return }
    let length = length(of: value)
    if let minimum = node.minLength, length < minimum {
      outcome.isValid = false
      note(node.index, "minLength", value)
    }
    if let maximum = node.maxLength, length > maximum {
      outcome.isValid = false
      note(node.index, "maxLength", value)
    }
  }
}
