/// Numbers in the one text that stands for all equal ones.
///
/// Spec: RFC 8785 §3.2.2.3.
enum CanonicalNumber {
  /// The text of the nearest `Double`, or all digits where the number is beyond its range.
  static func text(_ number: JSONNumber) -> String {
    let double = number.double
    guard double.isInfinite else { return ECMAScriptNumber.text(double) }
    guard let exact = ExactDecimal(number) else { return number.text }
    let text = ECMAScriptNumber.layout(digits: exact.digits.map { $0 + 0x30 }, scale: exact.scale)
    return exact.isNegative ? "-" + text : text
  }
}

extension JSONObject {
  /// The members in the order of their names' UTF-16 code units, each name once.
  ///
  /// Spec: RFC 8785 §3.2.3.
  var canonicalMembers: [Member] {
    var last: [[UInt16]: Int] = [:]
    for (index, member) in members.enumerated() { last[Array(member.name.utf16)] = index }
    return last.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { members[$0.value] }
  }
}
