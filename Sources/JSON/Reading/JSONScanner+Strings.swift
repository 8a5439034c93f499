extension JSONScanner {
  /// Scans a string from behind its opening quote to its closing quote, eight bytes at a time where
  /// they need no second look.
  ///
  /// Spec: RFC 8259 §7.
  @inline(__always)
  static func scanString(_ start: Position, _ refusesLoneSurrogates: Bool) -> Part {
    let end = skipPlain(start)
    if end[0] == UInt8(ascii: "\"") { return Part(end: end, flags: []) }
    return scanRest(end, refusesLoneSurrogates)
  }

  /// Skips ASCII characters that stand for themselves.
  @inline(__always)
  private static func skipPlain(_ start: Position) -> Position {
    // Types are spelled out because other overloads compare lane by lane.
    let quote = SIMD16<Int8>(repeating: 0x22)
    let backslash = SIMD16<Int8>(repeating: 0x5C)
    let space = SIMD16<Int8>(repeating: 0x20)
    var position = start
    while true {
      let bytes = UnsafeRawPointer(position).loadUnaligned(as: SIMD16<Int8>.self)
      // Bytes beyond ASCII are negative, and so below a space like control characters.
      let special: SIMDMask<SIMD16<Int8>> =
        (bytes .== quote) .| (bytes .== backslash) .| (bytes .< space)
      let halves = unsafeBitCast(special, to: SIMD2<UInt64>.self)
      if halves[0] != 0 { return position + halves[0].littleEndian.trailingZeroBitCount >> 3 }
      if halves[1] != 0 { return position + 8 + halves[1].littleEndian.trailingZeroBitCount >> 3 }
      position += 16
    }
  }

  /// Scans the rest of a string from an escape or a character beyond ASCII on.
  @inline(never)
  private static func scanRest(_ start: Position, _ refusesLoneSurrogates: Bool) -> Part {
    var part = Part(end: start, flags: [])
    while true {
      switch part.end[0] {
      case UInt8(ascii: "\""):
        return part
      case UInt8(ascii: "\\"):
        part.flags.insert(.hasEscapes)
        part.failure = scanEscape(&part.end, refusesLoneSurrogates)
      case 0x80...:
        part.flags.insert(.hasNonASCII)
        let length = UTF8Sequence.length(at: part.end)
        if length == 0 { part.failure = .stringContent }
        part.end += length
      case ..<0x20:
        part.failure = .stringContent
      default:
        part.end = skipPlain(part.end)
      }
      if part.failure != nil { return part }
    }
  }

  private static func scanEscape(
    _ position: inout Position,
    _ refusesLoneSurrogates: Bool
  ) -> Failure? {
    switch position[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
      return nil
    case UInt8(ascii: "u"):
      return scanUnicodeEscape(&position, refusesLoneSurrogates)
    default:
      return .escape
    }
  }

  private static func scanUnicodeEscape(
    _ position: inout Position,
    _ refusesLoneSurrogates: Bool
  ) -> Failure? {
    let escape = position
    guard let unit = scanHexadecimal(&position) else { return .hexadecimalDigit }
    guard unit & 0xF800 == 0xD800 else { return nil }
    let next = position
    if unit < 0xDC00, position[0] == UInt8(ascii: "\\"), position[1] == UInt8(ascii: "u") {
      guard let low = scanHexadecimal(&position) else { return .hexadecimalDigit }
      if low & 0xFC00 == 0xDC00 { return nil }
    }
    position = refusesLoneSurrogates ? escape : next
    return refusesLoneSurrogates ? .loneSurrogate : nil
  }

  /// Scans `\u` and four digits; on failure it stands at what is no digit.
  private static func scanHexadecimal(_ position: inout Position) -> UInt32? {
    position += 2
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch position[0] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = position[0] & 0x0F
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        digit = (position[0] & 0x0F) + 9
      default: return nil
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
