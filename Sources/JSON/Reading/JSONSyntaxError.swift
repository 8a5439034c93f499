/// A text that is not JSON: where, and why.
///
/// Spec: RFC 8259.
package struct JSONSyntaxError: Error, Hashable, Sendable {
  /// What stands where something else should.
  package enum Found: Hashable, Sendable {
    /// Nothing: the text ends there.
    case end
    /// A character that begins nothing longer.
    case character(Unicode.Scalar)
    /// Letters and digits that are no value, at most 40 of them.
    case word(String)
  }

  /// What a number lacks or has too much.
  package enum NumberFault: Hashable, Sendable {
    case leadingZero, leadingPlus, leadingPoint
    case noDigitAfterMinus, noDigitAfterPoint, noDigitAfterExponent
  }

  /// The ways a text can be wrong.
  package enum Reason: Hashable, Sendable {
    /// There is nothing but white space.
    case emptyText
    /// Something else was expected, as said in words.
    case unexpected(Found, expected: String)
    /// A word that looks like a literal of JSON or of another language.
    case unknownLiteral(String, suggestion: String)
    /// A comma before a closing bracket.
    case trailingComma
    /// A name without quotes.
    case unquotedName(String)
    /// Text in single quotes.
    case singleQuotes
    /// A comment.
    case comment
    /// A number that RFC 8259 does not allow.
    case number(NumberFault)
    /// A string that the text ends in.
    case unterminatedString
    /// A control character in a string that should be an escape.
    case controlCharacter(UInt8)
    /// A backslash before a character that it does not escape.
    case escape(Found)
    /// `\u` without four hexadecimal digits.
    case unicodeEscape(Found)
    /// Half a surrogate pair, which names no character.
    case loneSurrogate(UInt16)
    /// A byte that is not UTF-8.
    case invalidUTF8(UInt8)
    /// More arrays and objects in each other than the limit.
    case nesting(limit: Int)
    /// More bytes than the limit.
    case size(bytes: Int, limit: Int)
    /// A byte order mark.
    case byteOrderMark
    /// Something after the end of the value.
    case trailingContent(Found)
  }

  /// The place to blame.
  package var location: SourceLocation
  /// The same place, in bytes from the start.
  package var byteOffset: Int
  /// What is wrong there.
  package var reason: Reason

  /// Blames a place.
  package init(location: SourceLocation, byteOffset: Int, reason: Reason) {
    self.location = location
    self.byteOffset = byteOffset
    self.reason = reason
  }
}

extension JSONSyntaxError: CustomStringConvertible {
  /// One line: where, what was found, what would have worked.
  package var description: String { "\(location): error: \(reason)" }
}

extension JSONSyntaxError.Found: CustomStringConvertible {
  /// The thing in words, printable whatever it is.
  package var description: String {
    switch self {
    case .end: "the end of the text"
    case .word(let word): "'\(word)'"
    case .character(let scalar): Self.name(of: scalar)
    }
  }

  /// A character in quotes, with its code where it cannot be told by sight.
  private static func name(of scalar: Unicode.Scalar) -> String {
    let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
      return code
    case .spaceSeparator:
      return scalar == " " ? "' '" : code
    default:
      return scalar.isASCII ? "'\(scalar)'" : "'\(scalar)' (\(code))"
    }
  }
}

extension JSONSyntaxError.Reason: CustomStringConvertible {
  /// The summary after `error:`.
  package var description: String {
    switch self {
    case .emptyText: "the text is empty; a JSON value was expected"
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .unknownLiteral(let word, let suggestion):
      "'\(word)' is no JSON value; did you mean \(suggestion)?"
    case .trailingComma: "a comma before the closing bracket; remove it or add what should follow"
    case .unquotedName(let name): "the name '\(name)' needs double quotes: \"\(name)\""
    case .singleQuotes: "single quotes; JSON strings stand in double quotes"
    case .comment: "a comment; JSON has none"
    case .number(let fault): fault.description
    case .unterminatedString: "the string has no closing quote"
    case .controlCharacter(let byte): Self.controlSummary(byte)
    case .escape(let found):
      "a backslash before \(found); write \\\\ for a backslash, or one of \\\" \\/ \\b \\f \\n \\r \\t \\u"
    case .unicodeEscape(let found):
      "found \(found) in an escape, expected four hexadecimal digits after \\u"
    case .loneSurrogate(let unit):
      "\\u\(String(unit, radix: 16)) is half a surrogate pair and names no character"
    case .invalidUTF8(let byte):
      "byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8 here"
    case .nesting(let limit): "more than \(limit) arrays and objects in each other"
    case .size(let bytes, let limit): "\(bytes) bytes, more than the limit of \(limit)"
    case .byteOrderMark: "a byte order mark; save the file as UTF-8 without it"
    case .trailingContent(let found): "found \(found) after the end of the value, expected nothing"
    }
  }

  private static func controlSummary(_ byte: UInt8) -> String {
    let hexadecimal = (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    return switch byte {
    case 0x0A: "a line break in a string; write \\n, or close the string"
    case 0x0D: "a carriage return in a string; write \\r, or close the string"
    case 0x09: "a tab in a string; write \\t"
    default: "control character U+00\(hexadecimal) in a string; write \\u00\(hexadecimal)"
    }
  }
}

extension JSONSyntaxError.NumberFault: CustomStringConvertible {
  /// The summary after `error:`.
  package var description: String {
    switch self {
    case .leadingZero: "a number with a leading zero; remove the zero or quote the text"
    case .leadingPlus: "a number with a plus sign; remove the sign"
    case .leadingPoint: "a number without a digit before the point; write 0 before it"
    case .noDigitAfterMinus: "a minus sign without a digit after it"
    case .noDigitAfterPoint: "a number without a digit after the point"
    case .noDigitAfterExponent: "a number without a digit in its exponent"
    }
  }
}
