import JSON

/// `type`.
///
/// Spec: 2020-12 Validation §6.1.1.
extension Keyword {
  static let type = Keyword("type", in: .validation) { reader, value in
    let listed: [JSONValue] = value.arrayValue ?? [value]
    if listed.isEmpty { reader.reportWrong(value, expected: "a type or a list of types") }
    var types: SchemaTypes = []
    for item in listed {
      guard case .string(let name) = item else {
        reader.reportWrong(item, expected: "a type or a list of types")
        continue
      }
      guard let type = SchemaTypes(name: name) else {
        let hint = nearestName(to: name, in: SchemaTypes.allNames)
        let known =
          hint.map { "did you mean '\($0)'?" }
          ?? "known are \(SchemaTypes.allNames.joined(separator: ", "))"
        reader.report("unknown type '\(name)'; \(known)")
        continue
      }
      types.insert(type)
    }
    reader.node.types = types
  }
}

extension Explainer {
  mutating func checkType(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard let types = node.types, !types.accepts(type(of: value, dialect: node.dialect)) else {
      return
    }
    outcome.isValid = false
    note(node.index, "type", value)
  }
}
