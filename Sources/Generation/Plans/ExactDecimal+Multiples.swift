import JSON

extension ExactDecimal {
  /// The least number above zero that is a whole multiple of both.
  ///
  /// - Returns: `nil` when one is zero or it takes too many steps or digits to find.
  static func leastCommonMultiple(_ left: ExactDecimal, _ right: ExactDecimal) -> ExactDecimal? {
    var (large, small) = (max(left, right), min(left, right))
    guard !small.isZero, !small.isNegative else { return nil }
    var rounds = 0
    while !small.isZero {
      rounds += 1
      guard rounds < 10_000, let count = large.floorQuotient(dividingBy: small),
        let product = small.multiplied(by: count), let rest = large.subtracting(product)
      else { return nil }
      (large, small) = (small, rest)
    }
    // `large` is the greatest common divisor now.
    return left.floorQuotient(dividingBy: large).flatMap { right.multiplied(by: $0) }
  }

  /// The exponent when this is a power of ten that is at most one.
  var powerOfTenExponent: Int? {
    (-18...0).first { self == ExactDecimal.powerOfTen($0) }
  }
}
