import JSON

/// Something with a name that stands in a list.
///
/// - Parameters:
///   - name: What was asked for.
///   - kind: What it is, as its option and its list are called (`bug`).
/// - Returns: The one with this name.
/// - Throws: ``ProviderError`` with the nearest name when there is none.
func named<Value: RawRepresentable<String> & CaseIterable>(
  _ name: String,
  _ kind: String
) throws(ProviderError) -> Value {
  if let value = Value(rawValue: name) { return value }
  let names = Value.allCases.map(\.rawValue)
  let nearest = nearestName(to: name, in: names) ?? names.first { $0.contains(name) }
  let hint = nearest.map { "did you mean '\($0)'? " } ?? ""
  throw ProviderError("there is no \(kind) '\(name)'; \(hint)--list-\(kind)s shows them all")
}

/// Prints names and what they stand for, in two columns.
func printTable(_ rows: [(name: String, summary: String)]) {
  let width = rows.map(\.name.count).max() ?? 0
  for (name, summary) in rows {
    print("\(name)\(String(repeating: " ", count: width - name.count))  \(summary)")
  }
}
