/// A number of at most 18 digits, as nearly all are: `significand × 10^exponent`.
///
/// Arithmetic on it is exact where it answers, and answers `nil` where a machine word is too small;
/// the exact way is then taken.
@frozen
@usableFromInline
package struct ShortDecimal: Sendable {
  /// The digits, with the sign.
  @usableFromInline package let significand: Int
  /// The power of ten, from -99 to 99.
  @usableFromInline package let exponent: Int

  @inlinable
  init(significand: Int, exponent: Int) {
    self.significand = significand
    self.exponent = exponent
  }

  /// Reads the text of a number.
  ///
  /// - Returns: `nil` when it has more than 18 digits or more than two in its exponent.
  @inlinable
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count <= 24 else { return nil }
    var index = 0
    let isNegative = text[0] == UInt8(ascii: "-")
    if isNegative { index = 1 }
    var significand = 0
    var digits = 0
    var exponent = 0
    while index < text.count, text[index] &- UInt8(ascii: "0") <= 9 {
      significand = significand &* 10 &+ Int(text[index] & 0x0F)
      digits &+= 1
      index &+= 1
    }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index &+= 1
      let start = index
      while index < text.count, text[index] &- UInt8(ascii: "0") <= 9 {
        significand = significand &* 10 &+ Int(text[index] & 0x0F)
        index &+= 1
      }
      digits &+= index &- start
      exponent = start &- index
    }
    guard digits <= 18 else { return nil }
    if index < text.count {
      guard let shift = Self.exponent(text, from: index &+ 1) else { return nil }
      exponent &+= shift
    }
    self.init(significand: isNegative ? 0 &- significand : significand, exponent: exponent)
  }

  @usableFromInline
  static func exponent(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    let isNegative = text[index] == UInt8(ascii: "-")
    if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
    guard text.count - index <= 2 else { return nil }
    var value = 0
    while index < text.count {
      value = value * 10 + Int(text[index] & 0x0F)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// Below zero, zero or above zero as this is less, equal or greater.
  @inlinable
  func compare(with other: ShortDecimal) -> Int? {
    var left = significand
    var right = other.significand
    if exponent > other.exponent {
      guard let raised = Self.shift(left, by: exponent &- other.exponent) else { return nil }
      left = raised
    } else if exponent < other.exponent {
      guard let raised = Self.shift(right, by: other.exponent &- exponent) else { return nil }
      right = raised
    }
    return left < right ? -1 : left == right ? 0 : 1
  }

  /// Whether this is a whole multiple of another number.
  @inlinable
  func isMultiple(of divisor: ShortDecimal) -> Bool? {
    guard significand != 0 else { return true }
    guard divisor.significand != 0 else { return false }
    if exponent >= divisor.exponent {
      guard let raised = Self.shift(significand, by: exponent &- divisor.exponent) else {
        return nil
      }
      return raised % divisor.significand == 0
    }
    guard let raised = Self.shift(divisor.significand, by: divisor.exponent &- exponent) else {
      return nil
    }
    return significand % raised == 0
  }

  /// The value as an `Int`, or `nil` when it is not whole or out of range.
  @inlinable package var int: Int? {
    if exponent == 0 { return significand }
    if exponent > 0 { return Self.shift(significand, by: exponent) }
    if significand == 0 { return 0 }
    guard let divisor = Self.shift(1, by: 0 &- exponent) else { return nil }
    let (quotient, remainder) = significand.quotientAndRemainder(dividingBy: divisor)
    return remainder == 0 ? quotient : nil
  }

  /// The number with so many zeros behind it.
  @inlinable
  static func shift(_ value: Int, by places: Int) -> Int? {
    if value == 0 { return 0 }
    guard places <= 18 else { return nil }
    var factor = 1
    for _ in 0..<places { factor &*= 10 }
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }
}
