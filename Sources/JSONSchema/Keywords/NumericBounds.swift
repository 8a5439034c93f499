import JSON

/// `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`.
///
/// Spec: 2020-12 Validation §6.2.2-§6.2.5; draft-04 Validation §5.1.2, §5.1.3 (Boolean
/// `exclusiveMinimum` and `exclusiveMaximum`).
extension Keyword {
  static let numericBounds: [Keyword] = [
    Keyword("minimum", in: .validation) { $0.node.minimum = $0.number($1) },
    Keyword("maximum", in: .validation) { $0.node.maximum = $0.number($1) },
    Keyword("exclusiveMinimum", in: .validation, generations: 4...4) { reader, value in
      reader.minimumIsExclusive = reader.bool(value) ?? false
    },
    Keyword("exclusiveMaximum", in: .validation, generations: 4...4) { reader, value in
      reader.maximumIsExclusive = reader.bool(value) ?? false
    },
    Keyword("exclusiveMinimum", in: .validation, generations: 6...9) { reader, value in
      reader.node.exclusiveMinimum = reader.bound(value)
    },
    Keyword("exclusiveMaximum", in: .validation, generations: 6...9) { reader, value in
      reader.node.exclusiveMaximum = reader.bound(value)
    },
  ]
}

extension NodeReader {
  /// A number where draft 4 had a Boolean.
  fileprivate func bound(_ value: JSONValue) -> JSONNumber? {
    guard case .bool = value else { return number(value) }
    report("'\(keywordName)' must be a number since draft 6, found \(value.summary)")
    return nil
  }
}

extension Explainer {
  mutating func checkNumericBounds(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    let number = tape.number(of: value)
    if let bound = node.minimum, number < bound { fail("minimum") }
    if let bound = node.exclusiveMinimum, number <= bound { fail("exclusiveMinimum") }
    if let bound = node.maximum, number > bound { fail("maximum") }
    if let bound = node.exclusiveMaximum, number >= bound { fail("exclusiveMaximum") }

    func fail(_ keyword: String) {
      outcome.isValid = false
      note(node.index, keyword, value)
    }
  }
}
