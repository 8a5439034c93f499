package import JSON

/// JSON values as YAML that is pleasant to read and always reads back as the same value.
///
/// Mappings and lists are laid out in blocks, small ones deep down on one line. Text is quoted
/// whenever a reader could take it for anything else. Two things that readers of YAML get wrong make
/// the whole value JSON, which is YAML too: a text that begins with a byte order mark, which they
/// drop, and names that differ in Unicode composition only, which they take for one.
///
/// Spec: YAML 1.2.2 §7.3.1 (double quotes), §8.2 (blocks), §10.3.2 (what plain text means).
package enum YAMLText {
  /// How many blocks may be nested before everything goes on one line.
  private static let maximumBlocks = 24
  /// How long a name may be that stands before its colon; readers look no further than 1,024.
  private static let maximumSimpleName = 100

  /// The text of a value, with a line break at its end.
  ///
  /// - Precondition: No name stands twice in one object; YAML has no such mappings.
  package static func text(of value: JSONValue) -> String {
    guard !needsJSON(value) else { return value.text(.pretty) + "\n" }
    var lines: [String] = []
    appendBlock(value, prefix: "", indent: 0, to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether a reader of YAML would get something in a value wrong.
  private static func needsJSON(_ value: JSONValue) -> Bool {
    switch value {
    case .null, .bool, .number: return false
    case .string(let text): return text.unicodeScalars.first == "\u{FEFF}"
    case .array(let items): return items.contains(where: needsJSON)
    case .object(let object):
      // Swift compares strings as those readers do.
      guard Set(object.names).count == object.count else { return true }
      return object.members.contains { member in
        member.name.unicodeScalars.first == "\u{FEFF}" || needsJSON(member.value)
      }
    }
  }

  /// Appends a value whose first line begins with `prefix`.
  private static func appendBlock(
    _ value: JSONValue,
    prefix: String,
    indent: Int,
    to lines: inout [String]
  ) {
    let margin = String(repeating: "  ", count: indent)
    switch value {
    case .object(let object) where !object.isEmpty && indent < maximumBlocks:
      var first: String? = prefix
      for member in object.members {
        let name = nameText(member.name)
        let start = first ?? margin
        first = nil
        guard name.utf8.count <= maximumSimpleName else {
          lines.append(start + "? " + name)
          lines.append(margin + ": " + flow(member.value))
          continue
        }
        append(member.value, after: start + name + ":", indent: indent, to: &lines)
      }
    case .array(let items) where !items.isEmpty && indent < maximumBlocks:
      var first: String? = prefix
      for item in items {
        appendBlock(item, prefix: (first ?? margin) + "- ", indent: indent + 1, to: &lines)
        first = nil
      }
    default:
      lines.append(prefix + flow(value))
    }
  }

  /// Appends a member: scalars behind the colon, blocks below it.
  private static func append(
    _ value: JSONValue,
    after name: String,
    indent: Int,
    to lines: inout [String]
  ) {
    guard needsBlock(value), indent + 1 < maximumBlocks else {
      lines.append(name + " " + flow(value))
      return
    }
    lines.append(name)
    let margin = String(repeating: "  ", count: indent + 1)
    appendBlock(value, prefix: margin, indent: indent + 1, to: &lines)
  }

  /// Whether a value takes lines of its own; short lists of scalars do not.
  private static func needsBlock(_ value: JSONValue) -> Bool {
    switch value {
    case .null, .bool, .number, .string: return false
    case .object(let object): return !object.isEmpty
    case .array(let items):
      guard items.count <= 8 else { return true }
      return items.contains { item in
        switch item {
        case .null, .bool, .number: false
        case .string(let text): text.utf8.count > 40
        case .array, .object: true
        }
      }
    }
  }

  /// The value on one line.
  private static func flow(_ value: JSONValue) -> String {
    switch value {
    case .null, .bool, .number: value.text()
    case .string(let text): quotedIfNeeded(text)
    case .array(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
    case .object(let object): "{" + object.members.map(flow).joined(separator: ", ") + "}"
    }
  }

  private static func flow(_ member: JSONObject.Member) -> String {
    let name = nameText(member.name)
    guard name.utf8.count <= maximumSimpleName else {
      return "? " + name + " : " + flow(member.value)
    }
    return name + ": " + flow(member.value)
  }
}

// MARK: - Text

extension YAMLText {
  /// A value as it is where no reader takes it for anything else, else in double quotes.
  private static func quotedIfNeeded(_ text: String) -> String {
    let isTime = text != "0" && DurationText.parse(text) != nil
    return isTime || isPlain(text) && !words.contains(text.lowercased()) ? text : quoted(text)
  }

  /// A name; `on`, which scenarios have, stands without quotes, since a name is always text.
  private static func nameText(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// Whether text may stand without quotes: it begins with a letter or `/` and goes on with letters
  /// and signs that have no meaning in YAML.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "/"),
      text.utf8.last != UInt8(ascii: " ")
    else { return false }
    return text.utf8.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || " _-./+()".utf8.contains(byte)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// What readers of YAML 1.1 or 1.2 take for something other than text.
  private static let words: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  ]

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      default:
        guard mayStand(scalar) else {
          quoted += escape(scalar)
          continue
        }
        quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Whether a character may stand in a file and is seen there as what it is.
  ///
  /// Spec: YAML 1.2.2 §5.1.
  private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: return true
    case 0xA0..<0x1_0000 where scalar.value & 0xFFFE == 0xFFFE: return false
    case 0x2028, 0x2029, 0xFEFF: return false
    case 0xA0...0xFFFD: return !scalar.properties.isBidiControl
    case 0x1_0000...: return true
    default: return false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let (letter, length) =
      scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x1_0000 ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: length - digits.count) + digits
  }
}
