/// Numbers in the one text that stands for all equal ones.
///
/// Spec: RFC 8785 §3.2.2.3.
enum CanonicalNumber {
  /// The text of the nearest `Double`, or all digits where the number is beyond its range.
  static func text(_ number: JSONNumber) -> String {
    // Nearly all numbers are short and whole, and have their shortest text already.
    if isShortInteger(number.text) { return number.text }
    let double = number.double
    guard double.isInfinite else { return ECMAScriptNumber.text(double) }
    guard let exact = ExactDecimal(number) else { return number.text }
    let text = ECMAScriptNumber.layout(digits: exact.digits.map { $0 + 0x30 }, scale: exact.scale)
    return exact.isNegative ? "-" + text : text
  }

  private static func isShortInteger(_ text: String) -> Bool {
    if text.utf8.count > 15 || text.utf8.elementsEqual("-0".utf8) { return false }
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    return digits.allSatisfy { $0 <= UInt8(ascii: "9") && $0 >= UInt8(ascii: "0") }
  }
}

extension JSONObject {
  /// The members in the order of their names' UTF-16 code units, each name once.
  ///
  /// Spec: RFC 8785 §3.2.3.
  var canonicalMembers: [Member] {
    let sorted = members.enumerated().sorted { left, right in
      let isBefore = left.element.name.utf16.lexicographicallyPrecedes(right.element.name.utf16)
      // Of equal names the last comes first, and then alone counts.
      return isBefore
        || left.offset > right.offset && left.element.name.hasSameBytes(as: right.element.name)
    }
    var result: [Member] = []
    for (_, member) in sorted where result.last?.name.hasSameBytes(as: member.name) != true {
      result.append(member)
    }
    return result
  }
}
