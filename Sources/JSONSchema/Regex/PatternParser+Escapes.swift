extension PatternParser {
  /// What a backslash and the characters after it stand for.
  enum Escape {
    case scalar(UInt32)
    case set(ScalarSet)
  }

  /// Reads the escape of an atom; the backslash is read already.
  ///
  /// Spec: ECMA-262 §22.2.1 `AtomEscape`.
  mutating func escape(openedAt begin: Int) throws(ECMAPatternError) -> PatternNode {
    switch peek {
    case "b":
      position += 1
      return .wordBoundary(isNegated: false)
    case "B":
      position += 1
      return .wordBoundary(isNegated: true)
    case "k":
      position += 1
      guard take("<") else { throw error("'\\k' must be followed by '<name>'", at: begin) }
      let name = try groupName()
      references.append(PendingReference(target: .name(name), offset: begin))
      return .backreference([-references.count])
    case .some("1"..."9"):
      let index = decimal() ?? 0
      references.append(PendingReference(target: .index(index), offset: begin))
      return .backreference([-references.count])
    default:
      switch try characterEscape(openedAt: begin, inClass: false) {
      case .scalar(let scalar): return .scalar(scalar)
      case .set(let set): return .set(set)
      }
    }
  }

  /// Reads an escape that stands for one character or a set of them.
  ///
  /// Spec: ECMA-262 §22.2.1 `CharacterEscape`, `CharacterClassEscape`, `ClassEscape`.
  mutating func characterEscape(
    openedAt begin: Int,
    inClass: Bool
  ) throws(ECMAPatternError) -> Escape {
    guard let character = advance() else {
      throw error("'\\' at the end of the pattern", at: begin)
    }
    switch character {
    case "d": return .set(.digits)
    case "D": return .set(ScalarSet.digits.inverted)
    case "w": return .set(.wordCharacters)
    case "W": return .set(ScalarSet.wordCharacters.inverted)
    case "s": return .set(.whiteSpace)
    case "S": return .set(ScalarSet.whiteSpace.inverted)
    case "p": return .set(try property(openedAt: begin))
    case "P": return .set(try property(openedAt: begin).inverted)
    case "t": return .scalar(0x09)
    case "n": return .scalar(0x0A)
    case "v": return .scalar(0x0B)
    case "f": return .scalar(0x0C)
    case "r": return .scalar(0x0D)
    case "c": return .scalar(try controlLetter(openedAt: begin))
    case "x": return .scalar(try hexadecimal(digits: 2, openedAt: begin))
    case "u": return try unicodeEscape(openedAt: begin)
    case "0":
      if let next = peek, ("0"..."9").contains(next) {
        throw error("octal escapes do not exist in ECMA-262 patterns", at: begin)
      }
      return .scalar(0)
    case "b" where inClass: return .scalar(0x08)
    case "-" where inClass: return .scalar(character.value)
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/":
      return .scalar(character.value)
    default:
      throw error(Self.unknownEscapeReason(character, inClass: inClass), at: begin)
    }
  }

  private static func unknownEscapeReason(_ character: Unicode.Scalar, inClass: Bool) -> String {
    switch character {
    case "A": "'\\A' does not exist in ECMA-262 patterns; write '^'"
    case "Z", "z": "'\\\(character)' does not exist in ECMA-262 patterns; write '$'"
    case "a"..."z", "A"..."Z", "0"..."9":
      "'\\\(character)' is no escape in ECMA-262 patterns with Unicode"
    default: "'\(character)' needs no backslash here; ECMA-262 patterns with Unicode forbid it"
    }
  }

  private mutating func controlLetter(openedAt begin: Int) throws(ECMAPatternError) -> UInt32 {
    guard let letter = advance(), ("a"..."z").contains(letter) || ("A"..."Z").contains(letter)
    else { throw error("'\\c' must be followed by a letter", at: begin) }
    return letter.value % 32
  }

  private mutating func hexadecimal(
    digits: Int,
    openedAt begin: Int
  ) throws(ECMAPatternError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = advance().flatMap({ Character($0).hexDigitValue }) else {
        throw error("expected \(digits) hexadecimal digits", at: begin)
      }
      value = value * 16 + UInt32(digit)
    }
    return value
  }

  /// `\u{...}`, `\uXXXX`, or two of the latter that make a surrogate pair.
  ///
  /// A lone surrogate is legal and never matches, because no text holds one.
  private mutating func unicodeEscape(openedAt begin: Int) throws(ECMAPatternError) -> Escape {
    if take("{") {
      var value: UInt32 = 0
      var count = 0
      while let next = peek, let digit = Character(next).hexDigitValue, next.isASCII {
        position += 1
        count += 1
        value = min(value * 16 + UInt32(digit), 0x11_0000)
      }
      guard count > 0, take("}") else {
        throw error("'\\u{' must hold hexadecimal digits and be closed by '}'", at: begin)
      }
      guard value <= 0x10_FFFF else {
        throw error("'\\u{...}' is beyond the last code point, 10FFFF", at: begin)
      }
      return Self.surrogates.contains(value) ? .set(.none) : .scalar(value)
    }
    let first = try hexadecimal(digits: 4, openedAt: begin)
    guard Self.surrogates.contains(first) else { return .scalar(first) }
    let mark = position
    if first < 0xDC00, take("\\"), take("u"), peek != "{" {
      let second = try hexadecimal(digits: 4, openedAt: mark)
      if (0xDC00...0xDFFF).contains(second) {
        return .scalar(0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00))
      }
    }
    position = mark
    return .set(.none)
  }

  private static let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF

  private mutating func property(openedAt begin: Int) throws(ECMAPatternError) -> ScalarSet {
    guard take("{") else {
      throw error("'\\p' must be followed by '{Property}' or '{Property=Value}'", at: begin)
    }
    var text = ""
    while let next = peek, next != "}" {
      text.unicodeScalars.append(next)
      position += 1
    }
    guard take("}") else { throw error("'\\p{' is never closed by '}'", at: begin) }
    do {
      return try UnicodeProperty.set(named: text)
    } catch {
      throw self.error(error.reason, at: begin)
    }
  }
}
