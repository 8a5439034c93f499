import JSON

/// `pattern`.
///
/// Spec: 2020-12 Validation §6.3.3; Core §6.4 (ECMA-262 with the flag `u`, not anchored).
extension Keyword {
  static let pattern = Keyword("pattern", in: .validation) { reader, value in
    guard let source = reader.string(value) else { return }
    reader.node.pattern = reader.pattern(source)
  }
}

extension Explainer {
  mutating func checkPattern(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard let pattern = node.pattern else { return }
    switch pattern.verdict(on: tape.string(of: value)) {
    case .matches:
      break
    case .doesNotMatch:
      outcome.isValid = false
      note(node.index, "pattern", value)
    case .tooCostly:
      outcome.isValid = false
      note(node.index, "pattern", value, .tooCostly(pattern: pattern.source))
    }
  }
}
