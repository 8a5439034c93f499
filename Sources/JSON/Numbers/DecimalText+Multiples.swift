extension DecimalText {
  /// Whether this is a whole multiple of another number, exactly.
  ///
  /// With `a × 10^m` and `b × 10^n`, `a` and `b` without zeros at their ends, that is: `m >= n` and
  /// `b` divides `a × 10^(m - n)`. Of that power of ten only as much matters as `b` can have factors
  /// 2 and 5, so that an exponent of any size costs no more than the digits of `b`.
  func isMultiple(of divisor: DecimalText) -> Bool {
    if isZero { return true }
    if divisor.isZero { return false }
    let shift: Int
    if isHuge || divisor.isHuge {
      let places = exactLastPlace.sum(with: divisor.exactLastPlace.negated)
      if places.isNegative { return false }
      shift = places.int ?? .max
    } else {
      shift = (scale - digitCount) - (divisor.scale - divisor.digitCount)
      if shift < 0 { return false }
    }
    // 2^n has about 0.3 n digits.
    let usefulShift = min(shift, divisor.digitCount * 10 / 3 + 1)
    if divisor.digitCount <= 18 {
      return remainder(by: divisor.significand, shiftedBy: usefulShift) == 0
    }
    let dividend = digits + Array(repeating: 0, count: usefulShift)
    return LongDivision.isExact(dividend, by: divisor.digits)
  }

  private var exactLastPlace: ExactDecimal { exactScale.sum(with: ExactDecimal(-digitCount)) }

  /// The digits as a whole number; there are at most 18.
  private var significand: UInt64 {
    var value: UInt64 = 0
    for byte in bytes[first..<end] where byte != UInt8(ascii: ".") {
      value = value &* 10 &+ UInt64(byte & 0x0F)
    }
    return value
  }

  /// What is left of the digits with so many zeros behind them.
  private func remainder(by divisor: UInt64, shiftedBy zeros: Int) -> UInt64 {
    var rest: UInt64 = 0
    func append(_ digit: UInt64) {
      // The divisor is below 10^18, so ten times the rest and a digit fit 64 bits.
      rest = (rest &* 10 &+ digit) % divisor
    }
    for byte in bytes[first..<end] where byte != UInt8(ascii: ".") { append(UInt64(byte & 0x0F)) }
    for _ in 0..<zeros { append(0) }
    return rest
  }
}
