/// Finds out what to say about a place where the scanner stopped.
///
/// Only run for texts that are wrong, so it may look around at leisure.
struct SyntaxDiagnosis {
  let text: UnsafeBufferPointer<UInt8>
  let options: JSONReaderOptions

  /// The place to blame and the reason, given where the scanner stopped and what it wanted.
  func diagnose(_ failure: JSONScanner.Failure, at offset: Int) -> (
    offset: Int, reason: JSONSyntaxError.Reason
  ) {
    if let bad = invalidUTF8(at: offset) { return (bad, .invalidUTF8(text[bad])) }
    switch failure {
    case .depth:
      return (offset, .nesting(limit: options.maximumDepth))
    case .digit:
      return numberFault(at: offset)
    case .escape:
      return (offset, .escape(found(at: offset + 1, words: false)))
    case .hexadecimalDigit:
      return (offset, .unicodeEscape(found(at: offset, words: false)))
    case .loneSurrogate:
      let digits = String(decoding: text[offset + 2..<offset + 6], as: UTF8.self)
      return (offset, .loneSurrogate(UInt16(digits, radix: 16) ?? 0))
    case .stringContent:
      guard offset < text.count else { return (openingQuote(before: offset), .unterminatedString) }
      return (offset, .controlCharacter(text[offset]))
    case .textEnd:
      if text[offset] == UInt8(ascii: "/") { return (offset, .comment) }
      return (offset, .trailingContent(found(at: offset)))
    case .value, .valueOrArrayEnd, .key, .keyOrObjectEnd, .colon, .commaOrArrayEnd,
      .commaOrObjectEnd:
      return (offset, wrongToken(failure, at: offset))
    }
  }

  /// Where a byte stands, at or near the place, that is not UTF-8.
  private func invalidUTF8(at offset: Int) -> Int? {
    guard offset < text.count, text[offset] >= 0x80, let start = text.baseAddress else {
      return nil
    }
    return UTF8Sequence.length(at: start + offset) == 0 ? offset : nil
  }

  private func wrongToken(
    _ failure: JSONScanner.Failure,
    at offset: Int
  ) -> JSONSyntaxError.Reason {
    if text.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { return .emptyText }
    let found = found(at: offset)
    switch found {
    case .character("\u{FEFF}") where offset == 0: return .byteOrderMark
    case .character("/") where [0x2A, 0x2F].contains(byte(at: offset + 1)): return .comment
    case .character("'"): return .singleQuotes
    case .character("]"), .character("}"):
      if previousByte(before: offset) == UInt8(ascii: ",") { return .trailingComma }
    default: break
    }
    switch failure {
    case .key, .keyOrObjectEnd:
      if case .word(let name) = found, byte(at: offset) != 0x2D { return .unquotedName(name) }
    case .value, .valueOrArrayEnd:
      if let reason = wrongValue(found, at: offset) { return reason }
    default: break
    }
    return .unexpected(found, expected: expectation(failure))
  }

  private func wrongValue(
    _ found: JSONSyntaxError.Found,
    at offset: Int
  ) -> JSONSyntaxError.Reason? {
    let isDigitNext = byte(at: offset + 1).map { (0x30...0x39).contains($0) } ?? false
    switch found {
    case .character("+") where isDigitNext: return .number(.leadingPlus)
    case .character(".") where isDigitNext: return .number(.leadingPoint)
    case .word(let word):
      let suggestions = [
        "true": "true", "false": "false", "null": "null", "none": "null", "nil": "null",
        "undefined": "null", "yes": "true", "no": "false", "on": "true", "off": "false",
        "nan": "null (JSON has no NaN)", "infinity": "null (JSON has no infinity)",
        "inf": "null (JSON has no infinity)",
      ]
      let suggestion =
        suggestions[word.lowercased()] ?? nearestName(to: word, in: ["true", "false", "null"])
        ?? "the string \"\(word)\""
      return .unknownLiteral(word, suggestion: suggestion)
    default: return nil
    }
  }

  private func expectation(_ failure: JSONScanner.Failure) -> String {
    switch failure {
    case .valueOrArrayEnd: "a value or ']'"
    case .key: "a name in double quotes"
    case .keyOrObjectEnd: "a name in double quotes or '}'"
    case .colon: "':' after the name"
    case .commaOrArrayEnd: "',' or ']'"
    case .commaOrObjectEnd: "',' or '}'"
    default: "a value"
    }
  }

  private func numberFault(at offset: Int) -> (offset: Int, reason: JSONSyntaxError.Reason) {
    switch text[offset - 1] {
    case UInt8(ascii: "0"): return (offset - 1, .number(.leadingZero))
    case UInt8(ascii: "."): return (offset, .number(.noDigitAfterPoint))
    case UInt8(ascii: "-") where !isExponentSign(at: offset - 1):
      if case .word(let word) = found(at: offset) {
        let suggestion = "null (JSON has no such number)"
        return (offset - 1, .unknownLiteral("-" + word, suggestion: suggestion))
      }
      return (offset, .number(.noDigitAfterMinus))
    default: return (offset, .number(.noDigitAfterExponent))
    }
  }

  private func isExponentSign(at offset: Int) -> Bool {
    offset > 0 && text[offset - 1] | 0x20 == UInt8(ascii: "e")
  }

  private func byte(at offset: Int) -> UInt8? {
    text.indices.contains(offset) ? text[offset] : nil
  }

  /// The last byte before a place that is not white space.
  private func previousByte(before offset: Int) -> UInt8? {
    text[..<offset].last { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  /// Where the string began that the text ends in.
  private func openingQuote(before end: Int) -> Int {
    var open: Int?
    var index = 0
    while index < end {
      if text[index] == UInt8(ascii: "\"") {
        open = open == nil ? index : nil
      } else if text[index] == UInt8(ascii: "\\"), open != nil {
        index += 1
      }
      index += 1
    }
    return open ?? end
  }

  /// What stands at a place.
  private func found(at offset: Int, words: Bool = true) -> JSONSyntaxError.Found {
    guard offset < text.count else { return .end }
    if words {
      let word = text[offset...].prefix(40).prefix { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
      }
      if !word.isEmpty { return .word(String(decoding: word, as: UTF8.self)) }
    }
    let scalar = String(decoding: text[offset...].prefix(4), as: UTF8.self).unicodeScalars.first
    return scalar.map(JSONSyntaxError.Found.character) ?? .end
  }
}
