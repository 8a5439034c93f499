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
    var seen: Set<ByteKey> = []
    reader.node.required = reader.names(value).filter { seen.insert(ByteKey($0)).inserted }
  }
}

extension Explainer {
  mutating func checkRequired(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard !node.required.isEmpty else { return }
    let isLarge = node.required.count > 16 && tape.childCount(of: value) > 16
    let present = isLarge ? Set(keys(of: value).map { ByteKey(tape.string(of: $0)) }) : nil
    for name in node.required
    where present.map({ !$0.contains(ByteKey(name)) }) ?? (tape.member(name, of: value) == nil) {
      outcome.isValid = false
      note(node.index, "required", value, .missing(name: name))
    }
  }
}
