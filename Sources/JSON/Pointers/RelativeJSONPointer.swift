/// A path that begins somewhere in a JSON value: some levels up, then down again.
///
/// Spec: Relative JSON Pointers, draft-bhutton-relative-json-pointer-00 §3.
package struct RelativeJSONPointer: Hashable, Sendable {
  /// What is wanted at the end of the way up.
  package enum Target: Hashable, Sendable {
    /// The value at a path from there.
    case value(JSONPointer)
    /// The name or index that leads there.
    case name
  }

  /// How many levels up the path begins.
  package var levels: Int
  /// By how much it then moves among the items of an array.
  package var indexOffset: Int
  /// What is wanted there.
  package var target: Target

  /// Takes the parts of a path.
  package init(levels: Int, indexOffset: Int = 0, target: Target) {
    self.levels = levels
    self.indexOffset = indexOffset
    self.target = target
  }

  /// Reads the string form: a number, perhaps `+1` or `-1`, then `#` or a JSON Pointer.
  ///
  /// Numbers beyond the range of `Int` count as its largest.
  ///
  /// - Returns: `nil` when the text is not of this form.
  package init?(_ text: String) {
    var rest = Substring(text)
    guard let levels = Self.number(&rest) else { return nil }
    self.levels = levels
    indexOffset = 0
    if let sign = rest.first, sign == "+" || sign == "-" {
      rest.removeFirst()
      guard let offset = Self.number(&rest) else { return nil }
      indexOffset = sign == "-" ? -offset : offset
    }
    if rest == "#" {
      target = .name
    } else {
      guard let pointer = JSONPointer(String(rest)) else { return nil }
      target = .value(pointer)
    }
  }

  /// Takes digits without a leading zero from the front.
  private static func number(_ text: inout Substring) -> Int? {
    let digits = text.prefix { ("0"..."9").contains($0) && $0.isASCII }
    guard !digits.isEmpty, digits == "0" || digits.first != "0" else { return nil }
    text = text.dropFirst(digits.count)
    return Int(digits) ?? .max
  }

  /// What the path leads to from another path in a value.
  ///
  /// Spec: draft-bhutton-relative-json-pointer-00 §4.
  ///
  /// - Returns: `nil` where it leads nowhere.
  package func evaluate(from start: JSONPointer, in value: JSONValue) -> JSONValue? {
    guard levels <= start.tokens.count else { return nil }
    var base = JSONPointer(tokens: Array(start.tokens.dropLast(levels)))
    if indexOffset != 0 {
      guard let last = base.tokens.last.flatMap(JSONValue.arrayIndex),
        value[base.parent]?.kind == .array
      else { return nil }
      let (index, overflow) = last.addingReportingOverflow(indexOffset)
      guard !overflow, index >= 0 else { return nil }
      base = base.parent.appending(index)
    }
    guard case .value(let pointer) = target else { return Self.name(at: base, in: value) }
    return value[base.appending(pointer)]
  }

  private static func name(at base: JSONPointer, in value: JSONValue) -> JSONValue? {
    guard let last = base.tokens.last, value[base] != nil else { return nil }
    if value[base.parent]?.kind == .array, let index = JSONValue.arrayIndex(last) {
      return .number(JSONNumber(index))
    }
    return .string(last)
  }
}

extension RelativeJSONPointer: CustomStringConvertible {
  /// The string form.
  package var description: String {
    let offset = indexOffset == 0 ? "" : indexOffset > 0 ? "+\(indexOffset)" : "\(indexOffset)"
    return switch target {
    case .name: "\(levels)\(offset)#"
    case .value(let pointer): "\(levels)\(offset)\(pointer)"
    }
  }
}
