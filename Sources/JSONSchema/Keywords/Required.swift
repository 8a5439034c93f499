import JSON

/// `required`.
///
/// Spec: 2020-12 Validation §6.5.3.
extension Keyword {
  static let required = Keyword("required", in: .validation) { reader, value in
    if reader.language.dialect == .draft4, value.boolValue != nil {
      reader.report("'required' is a list of names beside 'properties' since draft 4")
      return
    }
    var seen: [String] = []
    for name in reader.names(value)
    where !seen.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
      seen.append(name)
    }
    reader.node.required = seen
  }
}

extension Explainer {
  mutating func checkRequired(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    for name in node.required where tape.member(name, of: value) == nil {
      outcome.isValid = false
      note(node.index, "required", value, .missing(name: name))
    }
  }
}
