import JSON

/// `uniqueItems`.
///
/// Spec: 2020-12 Validation §6.4.3.
extension Keyword {
  static let uniqueItems = Keyword("uniqueItems", in: .validation) { reader, value in
    reader.node.uniqueItems = reader.bool(value) ?? false
  }
}

extension Explainer {
  mutating func checkUniqueItems(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard node.uniqueItems else { return }
    var seen: [JSONValue: Int] = [:]
    for (index, item) in items(of: value).enumerated() {
      let found = tape.value(of: item)
      if let first = seen[found] {
        outcome.isValid = false
        path.append(.item(index))
        note(node.index, "uniqueItems", item, .duplicateItems(first: first, second: index))
        path.removeLast()
      } else {
        seen[found] = index
      }
    }
  }
}
