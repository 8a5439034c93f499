/// Classes of ASCII characters that the grammars of formats share.
extension UInt8 {
  /// `0` to `9`.
  @inline(__always) var isDigit: Bool { self &- 0x30 <= 9 }

  /// A letter of ASCII.
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 <= 25 }

  /// A hexadecimal digit, in either case.
  @inline(__always) var isHexadecimal: Bool { isDigit || (self | 0x20) &- 0x61 <= 5 }

  /// The value of a hexadecimal digit.
  var hexadecimalValue: UInt8 { isDigit ? self & 0x0F : (self & 0x0F) + 9 }
}
