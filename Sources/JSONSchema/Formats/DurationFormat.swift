/// `duration`.
///
/// Units must follow each other without a gap: `P1Y2D` lacks months and is no duration.
///
/// Spec: RFC 3339 Appendix A.
enum DurationFormat {
  static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 3, text[0] == UInt8(ascii: "P") else { return false }
    var index = 1
    if text[index] == UInt8(ascii: "T") { return isTime(text, from: index) }
    guard let first = unit(text, &index) else { return false }
    if first == UInt8(ascii: "W") { return index == text.count }
    let units: [UInt8] = [UInt8(ascii: "Y"), UInt8(ascii: "M"), UInt8(ascii: "D")]
    guard let end = run(text, &index, startingWith: first, of: units) else { return false }
    return end || isTime(text, from: index)
  }

  private static func isTime(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var index = start
    guard index < text.count, text[index] == UInt8(ascii: "T") else { return false }
    index += 1
    guard let first = unit(text, &index) else { return false }
    let units: [UInt8] = [UInt8(ascii: "H"), UInt8(ascii: "M"), UInt8(ascii: "S")]
    return run(text, &index, startingWith: first, of: units) == true
  }

  /// Reads neighbouring units in order.
  ///
  /// - Returns: Whether the text ends there, or `nil` when a unit is out of order.
  private static func run(
    _ text: UnsafeBufferPointer<UInt8>,
    _ index: inout Int,
    startingWith first: UInt8,
    of units: [UInt8]
  ) -> Bool? {
    guard var place = units.firstIndex(of: first) else { return nil }
    while index < text.count, text[index] != UInt8(ascii: "T") {
      place += 1
      guard place < units.count, unit(text, &index) == units[place] else { return nil }
    }
    return index == text.count
  }

  /// Reads digits and the letter behind them.
  private static func unit(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt8? {
    let start = index
    while index < text.count, text[index].isDigit { index += 1 }
    guard index > start, index < text.count else { return nil }
    index += 1
    return text[index - 1]
  }
}
