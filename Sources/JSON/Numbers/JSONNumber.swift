/// A number that keeps the text it was written with.
///
/// Comparison and hashing go by mathematical value at any size: `1`, `1.0` and `1e0` are equal,
/// `9007199254740992` and `9007199254740993` are not, and `1e999999999` costs no more than `1`.
///
/// Spec: RFC 8259 §6.
package struct JSONNumber: Sendable {
  /// The text, always a number as RFC 8259 has it.
  package let text: String

  /// A whole number.
  package init(_ value: Int) { text = String(value) }

  /// A finite number in the shortest text that reads back as the same `Double`.
  ///
  /// The text is that of ECMAScript, except that minus zero keeps its sign.
  ///
  /// - Precondition: `value` is finite.
  package init(_ value: Double) {
    precondition(value.isFinite, "\(value) has no JSON text")
    text = value == 0 && value.sign == .minus ? "-0" : ECMAScriptNumber.text(value)
  }

  /// Takes a text as it stands.
  ///
  /// - Returns: `nil` when the text is no number as RFC 8259 has it (`01`, `.5`, `+1`, `1.`).
  package init?(_ text: String) {
    var text = text
    guard text.withUTF8(DecimalText.isNumber) else { return nil }
    self.text = text
  }

  /// Takes a text that is known to be a number.
  init(validated text: String) { self.text = text }

  /// Hands the text over in parts.
  func withDecimal<Result>(_ body: (DecimalText) -> Result) -> Result {
    var text = text
    return text.withUTF8 { body(DecimalText($0)) }
  }

  /// The number as an `Int`, also for texts such as `1.0` and `1e2`.
  ///
  /// `nil` when it is not whole or out of range.
  package var int: Int? { withDecimal(\.int) }

  /// The nearest `Double`; infinity beyond its range.
  package var double: Double { Double(text) ?? .nan }

  /// Whether the number is whole, as `1.0` and `1e400` are.
  package var isInteger: Bool { withDecimal(\.isInteger) }

  /// Whether the number is zero, with either sign.
  package var isZero: Bool { withDecimal(\.isZero) }

  /// Whether the number is below zero; minus zero is not.
  package var isNegative: Bool { withDecimal(\.isNegative) }

  /// The same number with the other sign.
  package var negated: JSONNumber {
    JSONNumber(validated: text.hasPrefix("-") ? String(text.dropFirst()) : "-" + text)
  }

  /// Whether this is a whole multiple of another number, exactly and at any size.
  ///
  /// Zero is a multiple of everything; nothing else is a multiple of zero.
  package func isMultiple(of divisor: JSONNumber) -> Bool {
    withDecimal { dividend in
      divisor.withDecimal { dividend.isMultiple(of: $0) }
    }
  }
}

extension JSONNumber: Hashable, Comparable {
  /// Compares by mathematical value.
  package static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    left.text == right.text || compare(left, right) == 0
  }

  /// Compares by mathematical value.
  package static func < (left: JSONNumber, right: JSONNumber) -> Bool { compare(left, right) < 0 }

  /// Hashes the mathematical value.
  package func hash(into hasher: inout Hasher) {
    withDecimal { $0.hash(into: &hasher) }
  }

  private static func compare(_ left: JSONNumber, _ right: JSONNumber) -> Int {
    left.withDecimal { left in
      right.withDecimal { DecimalText.compare(left, $0) }
    }
  }
}

extension JSONNumber: CustomStringConvertible {
  /// The text.
  package var description: String { text }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
  /// A whole number.
  package init(integerLiteral value: Int) { self.init(value) }
}
