/// A decimal number to calculate with, exact at any size.
///
/// Sums and quotients of numbers whose exponents lie very far apart would need as many digits as the
/// exponents differ; an operation that would pass ``maximumDigits`` answers `nil` instead.
package struct ExactDecimal: Sendable {
  /// The most digits that a result may have.
  package static let maximumDigits = 100_000

  /// Whether the number is below zero.
  package let isNegative: Bool
  /// The digits, 0 to 9, the highest first, without zeros at either end; none for zero.
  let digits: [UInt8]
  /// The power of ten of the last digit.
  let exponent: Int

  /// Takes digits that may have zeros at either end.
  init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    let start = digits.firstIndex { $0 != 0 } ?? digits.endIndex
    let end = (digits.lastIndex { $0 != 0 } ?? start - 1) + 1
    self.digits = start == 0 && end == digits.count ? digits : Array(digits[start..<end])
    self.isNegative = isNegative && start < end
    self.exponent = start < end ? exponent + digits.count - end : 0
  }

  /// A whole number.
  package init(_ value: Int) {
    self.init(
      isNegative: value < 0,
      digits: String(value.magnitude).utf8.map { $0 & 0x0F },
      exponent: 0
    )
  }

  /// The value of a number.
  ///
  /// - Returns: `nil` when its exponent has more than 17 digits.
  package init?(_ number: JSONNumber) {
    guard let value = number.withDecimal(ExactDecimal.init(text:)) else { return nil }
    self = value
  }

  private init?(text: DecimalText) {
    guard !text.isHuge else { return nil }
    self.init(
      isNegative: text.isNegative,
      digits: text.digits,
      exponent: text.scale - text.digitCount
    )
  }

  /// Whether this is zero.
  package var isZero: Bool { digits.isEmpty }

  /// Whether this is whole.
  package var isInteger: Bool { exponent >= 0 }

  /// The power of ten of the last digit that is not zero: -2 for 0.25, 3 for 7000, 0 for zero.
  package var lastPlace: Int { exponent }

  /// The power of ten above the first digit: 0 for 0.25, 4 for 7000, 0 for zero.
  var scale: Int { exponent + digits.count }

  /// The same number with the other sign.
  package var negated: ExactDecimal {
    ExactDecimal(isNegative: !isNegative, digits: digits, exponent: exponent)
  }

  /// The number without its sign.
  package var magnitude: ExactDecimal { isNegative ? negated : self }

  /// The number one in the given decimal place: 0.01 for -2.
  package static func powerOfTen(_ exponent: Int) -> ExactDecimal {
    ExactDecimal(isNegative: false, digits: [1], exponent: exponent)
  }

  /// The value as an `Int`, or `nil` when it is not whole or out of range.
  package var int: Int? { isInteger && scale <= 19 ? number.int : nil }
}

extension ExactDecimal: Hashable, Comparable {
  /// Compares by value.
  package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    let magnitudes = compareMagnitudes(left, right)
    return left.isNegative ? magnitudes > 0 : magnitudes < 0
  }

  /// Below zero, zero or above zero as the first is nearer to zero, as far or farther.
  static func compareMagnitudes(_ left: ExactDecimal, _ right: ExactDecimal) -> Int {
    if left.isZero || right.isZero { return (left.isZero ? 0 : 1) - (right.isZero ? 0 : 1) }
    if left.scale != right.scale { return left.scale < right.scale ? -1 : 1 }
    for (left, right) in zip(left.digits, right.digits) where left != right {
      return left < right ? -1 : 1
    }
    return left.digits.count.signum(comparedWith: right.digits.count)
  }
}

extension Int {
  fileprivate func signum(comparedWith other: Int) -> Int {
    self < other ? -1 : self == other ? 0 : 1
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// The number in the shortest plain text, or with an exponent where that has over 40 digits.
  package var description: String { number.text }

  /// The value as a JSON number, in plain digits where 40 of them are enough.
  package var number: JSONNumber {
    guard !isZero else { return JSONNumber(0) }
    var text = digits.map { UInt8(ascii: "0") + $0 }
    if (0...40).contains(scale), exponent >= 0 {
      text += Array(repeating: UInt8(ascii: "0"), count: exponent)
    } else if (1...40).contains(scale) || (exponent < 0 && scale > 0 && scale < text.count) {
      text.insert(UInt8(ascii: "."), at: scale)
    } else if (-40...0).contains(scale) {
      text = Array("0.".utf8) + Array(repeating: UInt8(ascii: "0"), count: -scale) + text
    } else {
      if text.count > 1 { text.insert(UInt8(ascii: "."), at: 1) }
      text += Array("e\(scale > 0 ? "+" : "")\(scale - 1)".utf8)
    }
    let sign = isNegative ? "-" : ""
    return JSONNumber(validated: sign + String(decoding: text, as: UTF8.self))
  }
}
