package import JSON

/// One difference between what a contract expects and what was received.
package struct Mismatch: Sendable, Hashable {
  /// Which part of the message.
  package var path: ValuePath
  /// What should have been there, as text; `nil` when nothing was expected.
  package var expected: String?
  /// What was there, as text; `nil` when nothing was.
  package var actual: String?
  /// The rule that was broken and where it stands (`integer at $.items[*].id`), or `equality` where
  /// the contract has no rule.
  package var rule: String
  /// One sentence: lower case, no full stop.
  package var message: String

  /// States a difference.
  package init(
    at path: ValuePath,
    expected: String?,
    actual: String?,
    rule: String,
    message: String
  ) {
    self.path = path
    self.expected = expected
    self.actual = actual
    self.rule = rule
    self.message = message
  }

  /// The part of the message as a JSON Pointer.
  package var pointer: JSONPointer { path.pointer }
}

extension Mismatch: CustomStringConvertible {
  /// The path and the sentence.
  package var description: String { "\(path): \(message)" }
}

/// Shortens values for messages.
enum Excerpt {
  /// How much of a value is shown: 120 characters.
  static let maximumLength = 120

  /// A value as compact JSON, cut where it gets long.
  static func of(_ value: JSONValue) -> String { of(value.text()) }

  /// A text, cut where it gets long.
  static func of(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(maximumLength + 1)
    guard start.count > maximumLength else { return text }
    return String(String.UnicodeScalarView(start.dropLast())) + "..."
  }

  /// XML in one line, cut where it gets long: white space between tags is left out.
  static func ofXML(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    var space = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        space.append(scalar)
        continue
      }
      let isBetweenTags = scalar == "<" && (line.isEmpty || line.last == ">")
      if !isBetweenTags {
        line.append(contentsOf: space.contains("\n") ? " ".unicodeScalars : space)
      }
      space = String.UnicodeScalarView()
      line.append(scalar)
    }
    return of(String(line))
  }

  /// Bytes in hexadecimal, cut where they get long.
  static func of(_ bytes: [UInt8]) -> String {
    let shown = bytes.prefix(16).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    let rest = bytes.count > 16 ? " ..." : ""
    return shown.joined(separator: " ") + rest
      + " (\(bytes.count) byte\(bytes.count == 1 ? "" : "s"))"
  }
}

extension JSONValue {
  /// The value with its type, for messages: `"x" (string)`.
  var withType: String { "\(Excerpt.of(self)) (\(pactTypeName))" }

  /// The type, integers and decimals told apart.
  var pactTypeName: String {
    if case .number(let number) = self {
      PactNumber(number).isInteger ? "integer" : "decimal"
    } else {
      kind.rawValue
    }
  }
}
