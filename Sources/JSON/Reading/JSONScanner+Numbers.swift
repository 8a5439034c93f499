extension JSONScanner {
  /// Scans a number.
  ///
  /// Spec: RFC 8259 §6.
  @inline(__always)
  static func scanNumber(_ start: Position) -> Part {
    var part = Part(end: start, flags: [])
    if part.end[0] == UInt8(ascii: "-") {
      part.flags = .isNegative
      part.end += 1
    }
    if part.end[0] == UInt8(ascii: "0") {
      part.end += 1
      if isDigit(part.end[0]) { return failed(part) }
    } else if !skipDigits(&part) {
      return failed(part)
    }
    if part.end[0] == UInt8(ascii: ".") {
      part.flags.insert(.isFractional)
      part.end += 1
      if !skipFraction(&part) { return failed(part) }
    }
    if part.end[0] | 0x20 == UInt8(ascii: "e") {
      part.flags.insert(.isFractional)
      part.end += 1
      if part.end[0] == UInt8(ascii: "-") || part.end[0] == UInt8(ascii: "+") { part.end += 1 }
      if !skipDigits(&part) { return failed(part) }
    }
    return part
  }

  private static func failed(_ part: Part) -> Part {
    Part(end: part.end, flags: [], failure: .digit)
  }

  @inline(__always)
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  /// Skips digits, of which there must be one, where there are few as a rule.
  @inline(__always)
  private static func skipDigits(_ part: inout Part) -> Bool {
    let first = part.end
    while isDigit(part.end[0]) { part.end += 1 }
    return part.end > first
  }

  /// Skips digits, of which there must be one, eight at a time.
  @inline(__always)
  private static func skipFraction(_ part: inout Part) -> Bool {
    let first = part.end
    while true {
      let word = UnsafeRawPointer(part.end).loadUnaligned(as: UInt64.self).littleEndian
      // Digits become 0 to 9; all else sets the high bit, or carries one into bytes above.
      let values = word ^ 0x3030_3030_3030_3030
      let marks = ((values &+ 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080
      // Without a mark this is 64, and so eight bytes.
      part.end += marks.trailingZeroBitCount >> 3
      if marks != 0 { return part.end > first }
    }
  }
}
