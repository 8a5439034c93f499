extension JSONValue {
  /// The value as compact text, shortened to about so many characters, and at least 8: for messages
  /// and reports.
  package func summary(limit: Int = 80) -> String {
    var writer = SummaryWriter(limit: max(limit, 8))
    writer.write(self)
    return writer.text
  }
}

extension JSONValue: CustomStringConvertible {
  /// The whole value as compact text.
  package var description: String { text(.compact) }
}

/// Writes as much of a value as there is room for.
private struct SummaryWriter {
  private(set) var text = ""
  private var room: Int

  init(limit: Int) { room = limit }

  private mutating func append(_ part: String) {
    text += part
    room -= part.unicodeScalars.count
  }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .number(let number): append(Self.shortened(number.text, to: max(room, 8)))
    case .string(let string): write(string)
    case .array(let items): write(items)
    case .object(let object): write(object)
    }
  }

  /// The start of a text that is too long.
  private static func shortened(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit, text.unicodeScalars.count > limit else { return text }
    return String(text.unicodeScalars.prefix(max(limit - 1, 1))) + "…"
  }

  /// Writes a string, or as much of it as there is room for with its escapes.
  private mutating func write(_ string: String) {
    var writer = JSONWriter()
    guard string.utf8.count + 2 > room else {
      writer.write(string)
      return append(String(decoding: writer.bytes, as: UTF8.self))
    }
    var start = String.UnicodeScalarView()
    var needed = 3
    for scalar in string.unicodeScalars {
      needed += scalar.value < 0x20 ? 6 : scalar == "\"" || scalar == "\\" ? 2 : 1
      guard needed <= max(room, 8) else { break }
      start.append(scalar)
    }
    let isWhole = start.count == string.unicodeScalars.count
    writer.write(String(start) + (isWhole ? "" : "…"))
    append(String(decoding: writer.bytes, as: UTF8.self))
  }

  private mutating func write(_ items: [JSONValue]) {
    append("[")
    for (index, item) in items.enumerated() {
      if index > 0 { append(",") }
      guard room > 0 else {
        append("… \(items.count - index) more")
        break
      }
      write(item)
    }
    append("]")
  }

  private mutating func write(_ object: JSONObject) {
    append("{")
    for (index, member) in object.members.enumerated() {
      if index > 0 { append(",") }
      guard room > 0 else {
        append("… \(object.count - index) more")
        break
      }
      write(member.name)
      append(":")
      write(member.value)
    }
    append("}")
  }
}
