/// A number made ready to be compared with many others.
///
/// A schema's bounds and divisors are kept like this.
@usableFromInline
package struct PreparedNumber: Sendable {
  /// The number.
  package let number: JSONNumber
  @usableFromInline let short: ShortDecimal?

  /// Makes a number ready.
  package init(_ number: JSONNumber) {
    self.number = number
    var text = number.text
    short = text.withUTF8 { ShortDecimal($0) }
  }
}

extension JSONTape {
  /// Compares a number with another: below zero, zero or above zero as the node is less, equal or
  /// greater.
  ///
  /// Exact at any size.
  @inlinable
  package func compare(_ node: Int, with other: PreparedNumber) -> Int {
    if let short = other.short, let result = ShortDecimal(rawBytes(of: node))?.compare(with: short)
    {
      return result
    }
    return compareExactly(node, with: other)
  }

  @usableFromInline
  func compareExactly(_ node: Int, with other: PreparedNumber) -> Int {
    other.number.withDecimal { DecimalText.compare(DecimalText(rawBytes(of: node)), $0) }
  }

  /// Whether a number is a whole multiple of another, exactly and at any size.
  ///
  /// Zero is a multiple of everything; nothing else is a multiple of zero.
  @inlinable
  package func isMultiple(_ node: Int, of divisor: PreparedNumber) -> Bool {
    if let short = divisor.short,
      let result = ShortDecimal(rawBytes(of: node))?.isMultiple(of: short)
    {
      return result
    }
    return isMultipleExactly(node, of: divisor)
  }

  @usableFromInline
  func isMultipleExactly(_ node: Int, of divisor: PreparedNumber) -> Bool {
    divisor.number.withDecimal { DecimalText(rawBytes(of: node)).isMultiple(of: $0) }
  }

  /// A number as an `Int`, also for texts such as `1.0` and `1e2`.
  ///
  /// `nil` when it is not whole or out of range.
  @inlinable
  package func int(of node: Int) -> Int? {
    let text = rawBytes(of: node)
    return if let short = ShortDecimal(text) { short.int } else { exactInt(text) }
  }

  @usableFromInline
  func exactInt(_ text: UnsafeBufferPointer<UInt8>) -> Int? { DecimalText(text).int }

  /// Whether a number is whole, as `1.0` and `1e400` are.
  @inlinable
  package func isInteger(_ node: Int) -> Bool {
    !flags(of: node).contains(.isFractional) || isFractionalInteger(node)
  }

  @usableFromInline
  func isFractionalInteger(_ node: Int) -> Bool { DecimalText(rawBytes(of: node)).isInteger }
}
