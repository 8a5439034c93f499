/// Arithmetic on whole numbers given as decimal digits, 0 to 9, the highest first.
///
/// Decimal digits rather than binary words: numbers come from text and go back to text, and bounds
/// such as 0.01 stay exact.
enum DigitArithmetic {
  /// The sum.
  static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    let (long, short) = left.count < right.count ? (right, left) : (left, right)
    var result = [0] + long
    var carry: UInt8 = 0
    var index = result.count - 1
    var other = short.count - 1
    while other >= 0 || carry > 0 {
      let digit = result[index] + carry + (other >= 0 ? short[other] : 0)
      carry = digit >= 10 ? 1 : 0
      result[index] = digit - carry * 10
      index -= 1
      other -= 1
    }
    return result
  }

  /// The difference of two numbers of which the first is not the smaller.
  static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var result = left
    var borrow: Int8 = 0
    for offset in 0..<left.count {
      let index = left.count - 1 - offset
      let other = right.count - 1 - offset
      guard other >= 0 || borrow > 0 else { break }
      var digit = Int8(result[index]) - borrow - (other >= 0 ? Int8(right[other]) : 0)
      borrow = digit < 0 ? 1 : 0
      if digit < 0 { digit += 10 }
      result[index] = UInt8(digit)
    }
    return result
  }

  /// The product with a machine word.
  static func product(_ digits: [UInt8], _ factor: UInt) -> [UInt8] {
    product(digits, String(factor).utf8.map { $0 & 0x0F })
  }

  /// The product.
  static func product(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    guard !left.isEmpty, !right.isEmpty else { return [] }
    var columns = [Int](repeating: 0, count: left.count + right.count)
    for (row, digit) in left.enumerated() where digit != 0 {
      for (column, other) in right.enumerated() {
        columns[row + column + 1] += Int(digit) * Int(other)
      }
    }
    for index in stride(from: columns.count - 1, to: 0, by: -1) {
      columns[index - 1] += columns[index] / 10
      columns[index] %= 10
    }
    return columns.map { UInt8(truncatingIfNeeded: $0) }
  }

  /// The quotient, cut off, and whether nothing was left over.
  static func quotient(_ dividend: [UInt8], _ divisor: [UInt8]) -> (
    quotient: [UInt8], isExact: Bool
  ) {
    var result: [UInt8] = []
    result.reserveCapacity(dividend.count)
    // All multiples that may have to be taken away, one digit wider than the divisor.
    var multiples = [[UInt8](repeating: 0, count: divisor.count + 1)]
    for count in 1...9 {
      let product = sum(multiples[count - 1], divisor)
      multiples.append(Array(product.suffix(divisor.count + 1)))
    }
    // One digit wider than the divisor, so that the next digit can be shifted in.
    var remainder = [UInt8](repeating: 0, count: divisor.count + 1)
    for digit in dividend {
      remainder.removeFirst()
      remainder.append(digit)
      var count = 9
      while remainder.lexicographicallyPrecedes(multiples[count]) { count -= 1 }
      if count > 0 { subtract(multiples[count], from: &remainder) }
      result.append(UInt8(count))
    }
    return (result, remainder.allSatisfy { $0 == 0 })
  }

  /// Takes away a number of the same width that is not greater.
  private static func subtract(_ other: [UInt8], from remainder: inout [UInt8]) {
    var borrow: Int8 = 0
    for index in other.indices.reversed() {
      var digit = Int8(remainder[index]) - Int8(other[index]) - borrow
      borrow = digit < 0 ? 1 : 0
      if digit < 0 { digit += 10 }
      remainder[index] = UInt8(digit)
    }
  }
}
