/// The parts of a number's text: enough to compare it exactly without converting it.
///
/// A number is `±0.d1d2d3… × 10^scale`, where `d1` is its first digit other than zero. Comparing the
/// scale and then the digits needs no memory, whatever the size of the number or of its exponent.
///
/// Spec: RFC 8259 §6.
@usableFromInline
struct DecimalText {
  /// Exponents with more digits than this are compared as text; all others fit an `Int` with room
  /// to spare.
  static let exponentDigitLimit = 17

  /// The text; not valid after the memory it came from.
  let bytes: UnsafeBufferPointer<UInt8>
  /// Whether the number is below zero; `-0` is not.
  let isNegative: Bool
  /// Where the first digit other than zero stands; `end` for zero.
  let first: Int
  /// One past the last digit other than zero.
  let end: Int
  /// How many digits stand from the first to the last that is not zero.
  let digitCount: Int
  /// The power of ten before whose digit the point would stand, without a huge exponent.
  let scale: Int
  /// Where the digits of an exponent stand that has too many of them for `scale`; empty otherwise.
  let hugeExponent: Range<Int>
  /// Whether that huge exponent is negative.
  let hugeExponentIsNegative: Bool

  /// Takes a text that is a number.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    let minus = bytes.first == UInt8(ascii: "-")
    if minus { index += 1 }
    var first = -1
    var last = -1
    var point = -1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ".") {
        point = index
      } else if byte > UInt8(ascii: "9") {
        break
      } else if byte != UInt8(ascii: "0") {
        if first < 0 { first = index }
        last = index
      }
      index += 1
    }
    if point < 0 { point = index }
    let isZero = first < 0
    let offset = first < point ? point - first : point + 1 - first
    let exponent =
      isZero
      ? (value: 0, huge: 0..<0, isNegative: false) : Self.exponent(in: bytes, from: index + 1)
    self.bytes = bytes
    self.isNegative = minus && !isZero
    self.first = isZero ? bytes.count : first
    self.end = isZero ? bytes.count : last + 1
    self.digitCount = isZero ? 0 : last + 1 - first - (first < point && point < last ? 1 : 0)
    self.scale = isZero ? 0 : offset + exponent.value
    self.hugeExponent = exponent.huge
    self.hugeExponentIsNegative = exponent.isNegative
  }

  private static func exponent(
    in bytes: UnsafeBufferPointer<UInt8>,
    from start: Int
  ) -> (value: Int, huge: Range<Int>, isNegative: Bool) {
    var index = start
    var isNegative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    while index < bytes.count, bytes[index] == UInt8(ascii: "0") { index += 1 }
    guard index < bytes.count else { return (0, 0..<0, false) }
    guard bytes.count - index <= exponentDigitLimit else {
      return (0, index..<bytes.count, isNegative)
    }
    var value = 0
    for byte in bytes[index...] { value = value * 10 + Int(byte & 0x0F) }
    return (isNegative ? -value : value, 0..<0, isNegative)
  }

  /// Whether the number is zero.
  var isZero: Bool { digitCount == 0 }

  /// Whether the exponent is too large for `scale`.
  var isHuge: Bool { !hugeExponent.isEmpty }

  /// Whether the number is whole.
  var isInteger: Bool { isHuge ? !hugeExponentIsNegative : scale >= digitCount }

  /// The digits from the first to the last that is not zero, each as 0 to 9.
  var digits: [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(digitCount)
    for byte in bytes[first..<end] where byte != UInt8(ascii: ".") { digits.append(byte & 0x0F) }
    return digits
  }

  /// The scale at any size.
  var exactScale: ExactDecimal {
    let offset = ExactDecimal(scale)
    guard isHuge else { return offset }
    let exponent = ExactDecimal(
      isNegative: hugeExponentIsNegative,
      digits: bytes[hugeExponent].map { $0 & 0x0F },
      exponent: 0
    )
    return exponent.sum(with: offset)
  }

  /// Compares two numbers: below zero, zero or above zero as the first is less, equal or greater.
  static func compare(_ left: DecimalText, _ right: DecimalText) -> Int {
    let signs = (left.signum, right.signum)
    guard signs.0 == signs.1 else { return signs.0 < signs.1 ? -1 : 1 }
    guard signs.0 != 0 else { return 0 }
    return signs.0 * compareMagnitudes(left, right)
  }

  private var signum: Int { isZero ? 0 : isNegative ? -1 : 1 }

  private static func compareMagnitudes(_ left: DecimalText, _ right: DecimalText) -> Int {
    if left.isHuge || right.isHuge {
      let scales = (left.exactScale, right.exactScale)
      if scales.0 != scales.1 { return scales.0 < scales.1 ? -1 : 1 }
    } else if left.scale != right.scale {
      return left.scale < right.scale ? -1 : 1
    }
    var leftIndex = left.first
    var rightIndex = right.first
    while true {
      if leftIndex < left.end, left.bytes[leftIndex] == UInt8(ascii: ".") { leftIndex += 1 }
      if rightIndex < right.end, right.bytes[rightIndex] == UInt8(ascii: ".") { rightIndex += 1 }
      guard leftIndex < left.end else { return rightIndex < right.end ? -1 : 0 }
      guard rightIndex < right.end else { return 1 }
      let digits = (left.bytes[leftIndex], right.bytes[rightIndex])
      if digits.0 != digits.1 { return digits.0 < digits.1 ? -1 : 1 }
      leftIndex += 1
      rightIndex += 1
    }
  }

  /// Hashes what `compare` compares.
  func hash(into hasher: inout Hasher) {
    hasher.combine(signum)
    guard !isZero else { return }
    if isHuge { hasher.combine(exactScale) } else { hasher.combine(scale) }
    for byte in bytes[first..<end] where byte != UInt8(ascii: ".") { hasher.combine(byte) }
  }

  /// The number as an `Int`, or `nil` when it is not whole or out of range.
  var int: Int? {
    guard !isZero else { return 0 }
    guard !isHuge, isInteger, scale <= 19 else { return nil }
    var magnitude: UInt64 = 0
    for byte in bytes[first..<end] where byte != UInt8(ascii: ".") {
      magnitude = magnitude &* 10 &+ UInt64(byte & 0x0F)
    }
    for _ in digitCount..<scale { magnitude &*= 10 }
    guard isNegative else { return Int(exactly: magnitude) }
    return magnitude <= UInt64(Int.max) ? -Int(magnitude) : magnitude == 1 << 63 ? Int.min : nil
  }
}

extension DecimalText {
  /// Whether a text is a number and nothing else.
  ///
  /// Spec: RFC 8259 §6.
  static func isNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    func skipDigits() -> Bool {
      let start = index
      while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
      return index > start
    }
    if bytes.first == UInt8(ascii: "-") { index += 1 }
    let start = index
    guard skipDigits() else { return false }
    guard bytes[start] != UInt8(ascii: "0") || index == start + 1 else { return false }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard skipDigits() else { return false }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, [0x2B, 0x2D].contains(bytes[index]) { index += 1 }
      guard skipDigits() else { return false }
    }
    return index == bytes.count
  }
}
