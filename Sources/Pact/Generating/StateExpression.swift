import JSON

/// The expression of a `ProviderState` generator: a name, or text with `${name}` in it.
///
/// Spec: Pact V4 "Generators", `ProviderState`.
package struct StateExpression: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case text(String)
    case name(String)
  }

  /// The text as it stands in the contract.
  let source: String
  private let parts: [Part]

  /// Reads an expression.
  ///
  /// - Returns: `nil` when a `${` is never closed.
  init?(_ source: String) {
    self.source = source
    var parts: [Part] = []
    var rest = source[...]
    while let begin = rest.firstRange(of: "${") {
      if begin.lowerBound > rest.startIndex {
        parts.append(.text(String(rest[..<begin.lowerBound])))
      }
      rest = rest[begin.upperBound...]
      guard let end = rest.firstIndex(of: "}") else { return nil }
      parts.append(.name(String(rest[..<end])))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { parts.append(parts.isEmpty ? .name(source) : .text(String(rest))) }
    self.parts = parts
  }

  /// The value that provider states gave; one name alone keeps the type of its value.
  ///
  /// - Throws: ``GenerationProblem`` with the name that no state answered.
  func value(
    from values: JSONObject,
    as type: PactGenerator.StateValueType?,
    at path: String
  ) throws(GenerationProblem) -> JSONValue {
    var text = ""
    var whole: JSONValue?
    for part in parts {
      switch part {
      case .text(let fixed): text += fixed
      case .name(let name):
        guard let value = values[name] else {
          let known = values.names
          throw GenerationProblem(
            path: path,
            reason: "no provider state answered with '\(name)'"
              + (known.isEmpty
                ? ", or with any value" : "; they gave \(known.joined(separator: ", "))")
          )
        }
        if parts.count == 1 { whole = value }
        text += value.stringValue ?? value.text()
      }
    }
    guard let value = (type ?? .raw).value(of: text, whole: whole) else {
      throw GenerationProblem(path: path, reason: "'\(text)' is no \((type ?? .raw).rawValue)")
    }
    return value
  }
}

extension PactGenerator.StateValueType {
  /// A text, or the value that it is the text of, in this type.
  fileprivate func value(of text: String, whole: JSONValue?) -> JSONValue? {
    switch self {
    case .string: .string(text)
    case .integer: JSONNumber(text).flatMap { $0.isInteger ? .number($0) : nil }
    case .decimal, .float: JSONNumber(text).map { .number($0) }
    case .boolean: text == "true" ? true : text == "false" ? false : nil
    case .raw: whole ?? .string(text)
    }
  }
}
