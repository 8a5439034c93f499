extension PatternParser {
  /// Reads a quantifier where one stands.
  ///
  /// Spec: ECMA-262 §22.2.1 `Quantifier`.
  mutating func quantifier() throws(ECMAPatternError) -> RepetitionBounds? {
    let begin = position
    var bounds: RepetitionBounds
    if take("*") {
      bounds = RepetitionBounds(minimum: 0, maximum: nil)
    } else if take("+") {
      bounds = RepetitionBounds(minimum: 1, maximum: nil)
    } else if take("?") {
      bounds = RepetitionBounds(minimum: 0, maximum: 1)
    } else if take("{") {
      bounds = try braces(openedAt: begin)
    } else {
      return nil
    }
    bounds.isLazy = take("?")
    return bounds
  }

  private mutating func braces(openedAt begin: Int) throws(ECMAPatternError) -> RepetitionBounds {
    guard let minimum = decimal() else {
      throw error("'{' must be followed by a number; write '\\{' for the character", at: begin)
    }
    var maximum: Int? = minimum
    if take(",") { maximum = decimal() }
    guard take("}") else { throw error("'{' is never closed by '}'", at: begin) }
    if let maximum, maximum < minimum {
      throw error(
        "the bounds of the quantifier are out of order: {\(minimum),\(maximum)}",
        at: begin
      )
    }
    return RepetitionBounds(minimum: minimum, maximum: maximum)
  }

  /// Reads decimal digits; a number too large for `Int` counts as the largest.
  mutating func decimal() -> Int? {
    var value: Int?
    while let digit = peek, ("0"..."9").contains(digit) {
      position += 1
      let (product, overflowed) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, overflowedAgain) = product.addingReportingOverflow(Int(digit.value) - 0x30)
      value = overflowed || overflowedAgain || value == .max ? .max : sum
    }
    return value
  }
}
