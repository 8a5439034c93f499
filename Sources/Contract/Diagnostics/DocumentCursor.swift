package import JSON

/// A value of a document that a person wrote, with its place and a collector for what is wrong.
///
/// Reading goes on after a problem: each question answers `nil` and has said why.
package struct DocumentCursor {
  /// The document.
  package let source: LocatedValue
  /// The path to the value.
  package let pointer: JSONPointer
  /// The value.
  package let value: JSONValue
  /// Where problems go.
  package let collector: DiagnosticCollector

  /// Starts at the root of a document.
  package init(_ source: LocatedValue, collector: DiagnosticCollector) {
    self.init(source: source, pointer: .root, value: source.value, collector: collector)
  }

  private init(
    source: LocatedValue,
    pointer: JSONPointer,
    value: JSONValue,
    collector: DiagnosticCollector
  ) {
    self.source = source
    self.pointer = pointer
    self.value = value
    self.collector = collector
  }

  /// Where the value begins.
  package var location: SourceLocation { source.location(of: pointer) }

  /// Where the name stands that leads to the value.
  package var keyLocation: SourceLocation { source.keyLocation(of: pointer) }

  /// The member or item that leads here, as messages call it.
  package var name: String { pointer.tokens.last ?? "the document" }

  /// Notes an error at the value.
  package func error(_ message: String) { collector.error(at: location, message) }

  /// Notes an error at the name that leads to the value.
  package func keyError(_ message: String) { collector.error(at: keyLocation, message) }

  /// The member with a name, or `nil` where there is none or this is no mapping.
  package subscript(name: String) -> DocumentCursor? {
    value[name].map { child($0, pointer.appending(name)) }
  }

  private func child(_ value: JSONValue, _ pointer: JSONPointer) -> DocumentCursor {
    DocumentCursor(source: source, pointer: pointer, value: value, collector: collector)
  }

  /// Notes that the value is of the wrong kind; the answer is `nil` for any type.
  private func wrong<Value>(_ expected: String) -> Value? {
    error("'\(name)' must be \(expected), found \(value.found)")
    return nil
  }
}

// MARK: - Structure

extension DocumentCursor {
  /// The members in order, or `nil` with an error for another kind.
  package func members() -> [DocumentCursor]? {
    guard case .object(let object) = value else { return wrong("a mapping") }
    return object.members.map { child($0.value, pointer.appending($0.name)) }
  }

  /// The items in order, or `nil` with an error for another kind.
  package func items() -> [DocumentCursor]? {
    guard case .array(let items) = value else { return wrong("a list") }
    return items.enumerated().map { child($1, pointer.appending($0)) }
  }

  /// Whether this is a mapping; unknown names in it are errors, with the nearest known one.
  ///
  /// - Parameters:
  ///   - known: The names that it may have.
  ///   - owner: What the mapping is, as messages call it (`a send step`).
  /// - Returns: `false`, with an error, for another kind of value.
  package func checkMembers(_ known: [String], of owner: String) -> Bool {
    guard let members = members() else { return false }
    for member in members where !known.contains(member.name) {
      let hint =
        nearestName(to: member.name, in: known).map { "; did you mean '\($0)'?" }
        ?? "; expected \(listed(known))"
      member.keyError("\(owner) has no member '\(member.name)'\(hint)")
    }
    return true
  }

  /// The member with a name, or `nil` with an error where there is none.
  package func required(_ name: String, of owner: String) -> DocumentCursor? {
    if let member = self[name] { return member }
    error("\(owner) needs '\(name)'")
    return nil
  }
}

// MARK: - Scalars

extension DocumentCursor {
  /// The text, or `nil` with an error for another kind.
  package func string() -> String? { value.stringValue ?? wrong("text") }

  /// The text of a text, number, true or false; for values that are text on the wire anyway.
  package func scalarText() -> String? {
    switch value {
    case .string(let text): text
    case .number(let number): number.text
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: wrong("text")
    }
  }

  /// The truth value, or `nil` with an error for another kind.
  package func bool() -> Bool? { value.boolValue ?? wrong("true or false") }

  /// The whole number, or `nil` with an error for another kind or one out of range.
  package func int(in range: ClosedRange<Int>) -> Int? {
    guard let number = value.intValue, range.contains(number) else {
      return wrong(
        range.upperBound == .max
          ? "a whole number of at least \(range.lowerBound)"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  /// The whole number from 0 to 2^64 - 1, or `nil` with an error.
  package func unsigned() -> UInt64? {
    guard let number = value.numberValue, let value = UInt64(number.text) else {
      return wrong("a whole number from 0 to \(UInt64.max)")
    }
    return value
  }

  /// The span of time, or `nil` with an error.
  package func duration() -> Duration? {
    value.stringValue.flatMap(DurationText.parse) ?? wrong(DurationText.examples)
  }

  /// The bytes that are written as base64, or `nil` with an error.
  package func base64() -> [UInt8]? {
    value.stringValue.flatMap(Base64.decode) ?? wrong("base64 with padding")
  }

  /// The bytes that are written as hexadecimal digits, or `nil` with an error.
  package func hexadecimal() -> [UInt8]? {
    value.stringValue.flatMap(HexText.decode) ?? wrong("pairs of hexadecimal digits")
  }

  /// The path that is written as JSON Pointer, or `nil` with an error.
  package func jsonPointer() -> JSONPointer? {
    guard let text = string() else { return nil }
    if let path = JSONPointer(text) { return path }
    error("'\(text)' is no JSON Pointer; \(pointerHint(text))")
    return nil
  }

  /// The path that the name of this member is, or `nil` with an error.
  package func keyPointer() -> JSONPointer? {
    if let path = JSONPointer(name) { return path }
    keyError("'\(name)' is no JSON Pointer; \(pointerHint(name))")
    return nil
  }

  private func pointerHint(_ text: String) -> String {
    JSONPointer("/" + text) == nil
      ? "'~' is written as '~0' in it" : "did you mean '/\(text)'?"
  }
}

extension JSONValue {
  /// The value in a few words: scalars as they are, others by their kind.
  package var found: String {
    switch self {
    case .null: return "nothing"
    case .bool, .number: return shortened(text())
    case .string(let string): return "'\(shortened(string))'"
    case .array: return "a list"
    case .object: return "a mapping"
    }
  }

  private func shortened(_ text: String) -> String {
    let line = text.replacingLineBreaks
    guard line.unicodeScalars.count > 60 else { return line }
    return String(String.UnicodeScalarView(line.unicodeScalars.prefix(57))) + "..."
  }
}

extension String {
  /// The text on one line: control characters become spaces.
  fileprivate var replacingLineBreaks: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
      )
    )
  }
}

/// Names in quotes, as an enumeration in a sentence.
package func listed(_ names: [String], joinedBy word: String = "or") -> String {
  let quoted = names.map { "'\($0)'" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nothing" }
  return quoted.dropLast().joined(separator: ", ") + " \(word) " + last
}
