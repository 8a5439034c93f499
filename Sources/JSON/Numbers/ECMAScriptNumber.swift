/// Numbers as ECMAScript writes them.
///
/// Spec: ECMA-262 §6.1.6.1.20 Number::toString; RFC 8785 §3.2.2.3.
enum ECMAScriptNumber {
  /// The shortest text that reads back as the same finite number.
  static func text(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    // Swift's description has the same shortest digits, in another layout.
    var description = value.magnitude.description
    let sign = value < 0 ? "-" : ""
    let decimal = description.withUTF8 { bytes in
      let text = DecimalText(bytes)
      return (digits: text.digits, scale: text.scale)
    }
    return sign + layout(digits: decimal.digits.map { $0 + 0x30 }, scale: decimal.scale)
  }

  /// Lays out the digits of `0.d1d2… × 10^scale`.
  static func layout(digits: [UInt8], scale: Int) -> String {
    let zero = UInt8(ascii: "0")
    var text: [UInt8]
    switch scale {
    case digits.count...max(21, digits.count) where scale <= 21:
      text = digits + Array(repeating: zero, count: scale - digits.count)
    case 1...21:
      text = digits[..<scale] + [UInt8(ascii: ".")] + digits[scale...]
    case -5...0:
      text = [zero, UInt8(ascii: ".")] + Array(repeating: zero, count: -scale) + digits
    default:
      text = digits
      if digits.count > 1 { text.insert(UInt8(ascii: "."), at: 1) }
      text += Array("e\(scale > 0 ? "+" : "-")\((scale - 1).magnitude)".utf8)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
