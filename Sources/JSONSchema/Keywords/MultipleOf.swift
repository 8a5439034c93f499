import JSON

/// `multipleOf`.
///
/// Spec: 2020-12 Validation §6.2.1.
extension Keyword {
  static let multipleOf = Keyword("multipleOf", in: .validation) { reader, value in
    guard case .number(let number) = value, !number.isNegative, !number.isZero else {
      reader.reportWrong(value, expected: "a number above 0")
      return
    }
    reader.node.multipleOf = number
  }
}

extension Explainer {
  mutating func checkMultipleOf(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard let divisor = node.multipleOf, !tape.number(of: value).isMultiple(of: divisor) else {
      return
    }
    outcome.isValid = false
    note(node.index, "multipleOf", value)
  }
}
