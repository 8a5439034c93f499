extension JSONSyntaxError {
  /// Whether the text may only have lost its end: nothing is wrong before the place where it stops.
  ///
  /// An empty text is not cut off; it was never written.
  ///
  /// - Parameter text: The text that was refused.
  /// - Returns: Whether further text could have made it JSON.
  package func isCutOff(in text: [UInt8]) -> Bool {
    switch reason {
    case .unterminatedString, .unexpected(.end, _), .escape(.end), .unicodeEscape(.end):
      return true
    case .number(.noDigitAfterMinus), .number(.noDigitAfterPoint), .number(.noDigitAfterExponent):
      return byteOffset >= text.count
    case .unknownLiteral(let word, _):
      return byteOffset + word.utf8.count >= text.count
        && ["true", "false", "null"].contains { $0.hasPrefix(word) }
    case .loneSurrogate:
      // The other half is another escape, of which a backslash may be there.
      return text.dropFirst(byteOffset + 6).allSatisfy { $0 == UInt8(ascii: "\\") }
    case .invalidUTF8(let first):
      let rest = text.dropFirst(byteOffset + 1)
      return rest.count < Self.continuationCount(after: first)
        && rest.allSatisfy { $0 & 0xC0 == 0x80 }
    default:
      return false
    }
  }

  /// How many bytes follow the first one of a character.
  ///
  /// Spec: RFC 3629 §3.
  private static func continuationCount(after first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 1
    case 0xE0...0xEF: 2
    case 0xF0...0xF4: 3
    default: 0
    }
  }
}
