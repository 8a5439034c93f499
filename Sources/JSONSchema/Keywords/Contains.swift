/// `contains`, `minContains` and `maxContains`.
///
/// Spec: 2020-12 Core §10.3.1.3; Validation §6.4.4, §6.4.5.
extension Keyword {
  static let contains: [Keyword] = [
    Keyword("contains", .one, in: .applicator, generations: 6...9) { reader, value in
      reader.node.contains = reader.subschema(value)
    },
    Keyword("minContains", in: .validation, generations: 8...9) { reader, value in
      reader.minContains = reader.count(value)
    },
    Keyword("maxContains", in: .validation, generations: 8...9) { reader, value in
      reader.maxContains = reader.count(value)
    },
  ]
}

extension Explainer {
  mutating func checkContains(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard let schema = node.contains else { return }
    var count = 0
    for (index, item) in items(of: value).enumerated() {
      path.append(.item(index))
      let isMatch = attempt(schema, item).outcome.isValid
      path.removeLast()
      guard isMatch else { continue }
      count += 1
      // Spec: 2020-12 Core §10.3.1.3; in 2019-09 matched items stay unevaluated.
      if node.dialect == .draft2020_12 { outcome.evaluated.nodes.insert(item) }
    }
    if count < node.minContains ?? 1 {
      outcome.isValid = false
      let keyword = node.minContains == nil ? "contains" : "minContains"
      note(node.index, keyword, value, .containsCount(count))
    }
    if let maximum = node.maxContains, count > maximum {
      outcome.isValid = false
      note(node.index, "maxContains", value, .containsCount(count))
    }
  }
}
