import JSON

/// `format`.
///
/// Spec: 2020-12 Validation §7.
extension Keyword {
  static let format = Keyword("format", in: .formatAnnotation) { reader, value in
    reader.node.format = reader.string(value)
    reader.annotate(value)
  }
}

extension Explainer {
  mutating func checkFormat(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard node.assertsFormat, let format = node.stringFormat else { return }
    guard !tape.unescapedBytes(of: value).withUnsafeBufferPointer(format.matches) else { return }
    outcome.isValid = false
    note(node.index, "format", value)
  }

  mutating func checkNumericFormat(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard node.assertsFormat, node.dialect == .asyncAPI,
      let format = node.format.flatMap(NumericFormat.init(rawValue:)),
      !format.matches(tape.number(of: value))
    else { return }
    outcome.isValid = false
    note(node.index, "format", value)
  }
}

extension SchemaNode {
  /// The format as one that is known for strings.
  var stringFormat: StringFormat? {
    format.flatMap { StringFormat(name: $0, dialect: dialect) }
  }
}
