import JSON

/// What was probably meant.
extension Wording {
  /// Names the text without quotes where a string stands for a value of a wanted type.
  func unquoted(_ value: Int, _ types: SchemaTypes) -> String {
    guard tape.kind(of: value) == .string, tape.rawBytes(of: value).count <= 40,
      let meant = try? JSONValue.parse(tape.unescapedBytes(of: value))
    else { return "" }
    let isWanted =
      switch meant {
      case .number(let number):
        types.contains(.number) || types.contains(.integer) && number.isInteger
      case .bool: types.contains(.boolean)
      case .null: types.contains(.null)
      default: false
      }
    return isWanted ? "; did you mean \(meant.text()) without quotes?" : ""
  }

  /// Names a spelling of a text that a pattern matches: another case, or without white space around.
  func respelt(_ value: Int, _ pattern: ECMAPattern?) -> String {
    guard givesHints, let pattern, tape.rawBytes(of: value).count <= 200 else { return "" }
    let text = tape.string(of: value)
    let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
    let end = scalars.lastIndex { !$0.properties.isWhitespace }
    let trimmed = String(
      String.UnicodeScalarView(end.map { scalars[...$0] } ?? scalars[..<scalars.startIndex])
    )
    let spellings = [text.lowercased(), text.uppercased(), trimmed]
    let meant = spellings.first { !$0.hasSameBytes(as: text) && pattern.isMatch($0) }
    return meant.map { "; did you mean \(show(.string($0)))?" } ?? ""
  }

  /// What a text lacks that is nearly a date-time.
  func nearlyDateTime(_ value: Int, _ format: String?) -> String {
    guard format == "date-time", tape.kind(of: value) == .string else { return "" }
    let text = tape.string(of: value)
    guard text.utf8.count <= 40 else { return "" }
    let joined = text.replacingFirst(" ", with: "T")
    if StringFormat.dateTime.matches(joined) { return "; 'T' stands between date and time" }
    if StringFormat.dateTime.matches(text + "Z") { return "; the time zone is missing, such as Z" }
    if StringFormat.dateTime.matches(joined + "Z") {
      return "; 'T' stands between date and time, and a time zone such as Z behind"
    }
    if StringFormat.date.matches(text) { return "; the time is missing" }
    return ""
  }

  /// The only value of a list that begins with a text, or that a text begins with.
  func extended(_ text: String, in candidates: [String]) -> String? {
    guard givesHints, text.utf8.count >= 3 else { return nil }
    let found = candidates.filter {
      $0.utf8.starts(with: text.utf8) || text.utf8.starts(with: $0.utf8)
    }
    return found.count == 1 && (found.first?.utf8.count ?? 0) >= 3 ? found.first : nil
  }
}

extension String {
  fileprivate func replacingFirst(_ part: Character, with other: Character) -> String {
    guard let index = firstIndex(of: part) else { return self }
    return self[..<index] + String(other) + self[self.index(after: index)...]
  }
}
