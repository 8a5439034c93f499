/// Division of whole numbers of any length, nine decimal digits at a time.
///
/// Method: Knuth, The Art of Computer Programming, volume 2, §4.3.1, algorithm D.
enum LongDivision {
  private static let base: UInt64 = 1_000_000_000

  /// Whether a number divides another without a rest.
  ///
  /// - Parameters:
  ///   - dividend: Decimal digits, the highest first.
  ///   - divisor: The same, not all zero.
  /// - Returns: `true` also for a dividend of zero.
  static func isExact(_ dividend: [UInt8], by divisor: [UInt8]) -> Bool {
    var divisor = words(divisor)
    var rest = words(dividend)
    while divisor.last == 0 { divisor.removeLast() }
    while rest.last == 0 { rest.removeLast() }
    guard rest.count >= divisor.count else { return rest.isEmpty }
    guard divisor.count > 1 else { return remainder(of: rest, by: divisor.first ?? 1) == 0 }
    // The highest word of the divisor is made large, so that quotient words are guessed well.
    let factor = base / ((divisor.last ?? 0) + 1)
    multiply(&divisor, by: factor)
    rest.append(0)
    multiply(&rest, by: factor)
    while let last = divisor.last, last == 0 { divisor.removeLast() }
    for place in stride(from: rest.count - divisor.count - 1, through: 0, by: -1) {
      let word = quotientWord(rest, divisor, at: place)
      if !subtract(divisor, times: word, from: &rest, at: place) {
        addBack(divisor, to: &rest, at: place)
      }
    }
    return rest.allSatisfy { $0 == 0 }
  }

  /// The words of a number, the lowest first.
  private static func words(_ digits: [UInt8]) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(digits.count / 9 + 1)
    var end = digits.count
    while end > 0 {
      let start = max(0, end - 9)
      words.append(digits[start..<end].reduce(0) { $0 * 10 + UInt64($1) })
      end = start
    }
    return words
  }

  private static func remainder(of words: [UInt64], by divisor: UInt64) -> UInt64 {
    words.reversed().reduce(0) { ($0 * base + $1) % divisor }
  }

  private static func multiply(_ words: inout [UInt64], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in words.indices {
      let product = words[index] * factor + carry
      words[index] = product % base
      carry = product / base
    }
    if carry > 0 { words.append(carry) }
  }

  /// A word of the quotient, which may be one too large.
  private static func quotientWord(_ rest: [UInt64], _ divisor: [UInt64], at place: Int) -> UInt64 {
    let width = divisor.count
    let high = rest[place + width] * base + rest[place + width - 1]
    var word = min(high / divisor[width - 1], base - 1)
    var left = high - word * divisor[width - 1]
    while left < base, word * divisor[width - 2] > left * base + rest[place + width - 2] {
      word -= 1
      left += divisor[width - 1]
    }
    return word
  }

  /// Takes away a multiple of the divisor.
  ///
  /// - Returns: `false` when it was one time too much; then one divisor is to be added again.
  private static func subtract(
    _ divisor: [UInt64],
    times factor: UInt64,
    from rest: inout [UInt64],
    at place: Int
  ) -> Bool {
    var borrow: UInt64 = 0
    for index in divisor.indices {
      let product = divisor[index] * factor + borrow
      borrow = product / base
      let low = product % base
      if rest[place + index] >= low {
        rest[place + index] -= low
      } else {
        rest[place + index] += base - low
        borrow += 1
      }
    }
    let top = place + divisor.count
    guard rest[top] < borrow else {
      rest[top] -= borrow
      return true
    }
    rest[top] += base - borrow
    return false
  }

  private static func addBack(_ divisor: [UInt64], to rest: inout [UInt64], at place: Int) {
    var carry: UInt64 = 0
    for index in divisor.indices {
      let sum = rest[place + index] + divisor[index] + carry
      rest[place + index] = sum % base
      carry = sum / base
    }
    let top = place + divisor.count
    rest[top] = (rest[top] + carry) % base
  }
}
