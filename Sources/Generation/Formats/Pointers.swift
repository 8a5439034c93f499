import JSONSchema

/// Writes JSON Pointers and patterns.
enum Pointers {
  /// Spec: RFC 6901 §3.
  @Sendable static func jsonPointer(_ source: inout ChoiceSource) -> String {
    let tokens = ["", "/", "/a~1b", "/m~0n", "/0", "/foo/bar", "/é"]
    let token = source.string(StringBounds(lengths: 0...12, alphabet: .labelCharacters))
    return (token.isEmpty ? "" : "/" + token) + tokens[source.index(below: tokens.count)]
  }

  /// Spec: draft-handrews-relative-json-pointer-01 §3.
  @Sendable static func relativeJSONPointer(_ source: inout ChoiceSource) -> String {
    let levels = String(source.integer(in: 0...20))
    return source.boolean(chance: 64) ? levels + "#" : levels + jsonPointer(&source)
  }

  /// Spec: ECMA-262 §22.2.1.
  @Sendable static func pattern(_ source: inout ChoiceSource) -> String {
    let word = source.string(StringBounds(lengths: 0...12, alphabet: .smallLetters))
    let ends = ["", "$", "+", "[0-9]*", "(?:a|b)?", "\\d{2,}", "(?=x)", "\\p{L}"]
    let end = ends[source.index(below: ends.count)]
    return (source.boolean(chance: 96) ? "^" : "") + (end == "+" && word.isEmpty ? "a" : word) + end
  }
}
