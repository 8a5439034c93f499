import JSON

/// `enum` and `const`.
///
/// Spec: 2020-12 Validation §6.1.2, §6.1.3; equality: Core §4.2.2.
extension Keyword {
  static let enumeration = Keyword("enum", in: .validation) { reader, value in
    guard case .array(let values) = value else {
      reader.reportWrong(value, expected: "an array")
      return
    }
    reader.node.enumeration = values
  }

  static let constant = Keyword("const", in: .validation, generations: 6...9) { reader, value in
    reader.node.constant = value
  }
}

extension Explainer {
  mutating func checkEnumAndConst(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard node.constant != nil || node.enumeration != nil else { return }
    let found = tape.value(of: value)
    if let constant = node.constant, found != constant {
      outcome.isValid = false
      note(node.index, "const", value)
    }
    if let enumeration = node.enumeration, !enumeration.contains(found) {
      outcome.isValid = false
      note(node.index, "enum", value)
    }
  }
}
