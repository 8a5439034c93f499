import JSON

/// A format of numbers that the AsyncAPI schema object knows.
///
/// Spec: AsyncAPI 3.0 "Data Type Formats".
enum NumericFormat: String, Sendable, CaseIterable {
  case int32
  case int64

  /// The smallest number of the format.
  var minimum: JSONNumber { self == .int32 ? JSONNumber(Int(Int32.min)) : JSONNumber(Int.min) }
  /// The largest number of the format.
  var maximum: JSONNumber { self == .int32 ? JSONNumber(Int(Int32.max)) : JSONNumber(Int.max) }

  /// Whether a number is whole and in range.
  func matches(_ number: JSONNumber) -> Bool {
    guard number.isInteger, let value = number.int else { return false }
    return self == .int64 || Int32(exactly: value) != nil
  }
}
