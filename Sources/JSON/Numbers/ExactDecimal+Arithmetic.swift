extension ExactDecimal {
  /// The sum, or `nil` when it would need more than ``maximumDigits`` digits.
  package func adding(_ other: ExactDecimal) -> ExactDecimal? {
    if isZero { return other }
    if other.isZero { return self }
    let places = max(scale, other.scale) - min(exponent, other.exponent)
    return places < Self.maximumDigits ? sum(with: other) : nil
  }

  /// The difference, or `nil` when it would need more than ``maximumDigits`` digits.
  package func subtracting(_ other: ExactDecimal) -> ExactDecimal? { adding(other.negated) }

  /// The sum without a limit on its digits.
  func sum(with other: ExactDecimal) -> ExactDecimal {
    if isZero { return other }
    if other.isZero { return self }
    let place = min(exponent, other.exponent)
    let order = Self.compareMagnitudes(self, other)
    guard isNegative != other.isNegative else {
      let sum = DigitArithmetic.sum(aligned(to: place), other.aligned(to: place))
      return ExactDecimal(isNegative: isNegative, digits: sum, exponent: place)
    }
    let (larger, smaller) = order < 0 ? (other, self) : (self, other)
    let difference = DigitArithmetic.difference(
      larger.aligned(to: place),
      smaller.aligned(to: place)
    )
    return ExactDecimal(isNegative: larger.isNegative, digits: difference, exponent: place)
  }

  /// The digits down to a decimal place.
  private func aligned(to place: Int) -> [UInt8] {
    digits + Array(repeating: 0, count: exponent - place)
  }

  /// The product with a whole number.
  package func multiplied(by factor: Int) -> ExactDecimal {
    ExactDecimal(
      isNegative: isNegative != (factor < 0),
      digits: DigitArithmetic.product(digits, factor.magnitude),
      exponent: exponent
    )
  }

  /// The product, or `nil` when it would need more than ``maximumDigits`` digits.
  package func multiplied(by factor: ExactDecimal) -> ExactDecimal? {
    guard digits.count + factor.digits.count < Self.maximumDigits else { return nil }
    return ExactDecimal(
      isNegative: isNegative != factor.isNegative,
      digits: DigitArithmetic.product(digits, factor.digits),
      exponent: exponent + factor.exponent
    )
  }

  /// The largest whole number that is not above the quotient.
  ///
  /// - Returns: `nil` when the divisor is zero or the result would need more than ``maximumDigits``
  ///   digits.
  package func floorQuotient(dividingBy divisor: ExactDecimal) -> ExactDecimal? {
    guard let parts = truncatedQuotient(dividingBy: divisor) else { return nil }
    let isBelowZero = isNegative != divisor.isNegative
    return isBelowZero && !parts.isExact ? parts.quotient.adding(ExactDecimal(-1)) : parts.quotient
  }

  /// The smallest whole number that is not below the quotient.
  ///
  /// - Returns: `nil` when the divisor is zero or the result would need more than ``maximumDigits``
  ///   digits.
  package func ceilingQuotient(dividingBy divisor: ExactDecimal) -> ExactDecimal? {
    guard let parts = truncatedQuotient(dividingBy: divisor) else { return nil }
    let isBelowZero = isNegative != divisor.isNegative
    return isBelowZero || parts.isExact ? parts.quotient : parts.quotient.adding(ExactDecimal(1))
  }

  /// The whole number nearest to zero from the quotient, and whether that is the quotient.
  private func truncatedQuotient(
    dividingBy divisor: ExactDecimal
  ) -> (quotient: ExactDecimal, isExact: Bool)? {
    guard !divisor.isZero else { return nil }
    let (zeros, overflow) = exponent.subtractingReportingOverflow(divisor.exponent)
    guard !overflow else { return nil }
    if scale < divisor.scale { return (ExactDecimal(0), isZero) }
    guard digits.count + max(zeros, 0) < Self.maximumDigits,
      divisor.digits.count + max(-zeros, 0) < Self.maximumDigits
    else { return nil }
    let result = DigitArithmetic.quotient(
      digits + Array(repeating: 0, count: max(zeros, 0)),
      divisor.digits + Array(repeating: 0, count: max(-zeros, 0))
    )
    let quotient = ExactDecimal(
      isNegative: isNegative != divisor.isNegative,
      digits: result.quotient,
      exponent: 0
    )
    return (quotient, result.isExact)
  }

  /// The largest whole number that is not above this one.
  ///
  /// - Returns: `nil` when that would need more than ``maximumDigits`` digits.
  package var floor: ExactDecimal? { isInteger ? self : floorQuotient(dividingBy: ExactDecimal(1)) }

  /// The smallest whole number that is not below this one.
  ///
  /// - Returns: `nil` when that would need more than ``maximumDigits`` digits.
  package var ceiling: ExactDecimal? {
    isInteger ? self : ceilingQuotient(dividingBy: ExactDecimal(1))
  }
}
