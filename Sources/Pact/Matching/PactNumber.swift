import JSON

/// A number as the official engine tells numbers apart: `1` and `1.0` are different ones.
///
/// Digits alone are an integer as long as they fit 64 bits; everything else is a decimal, compared in
/// double precision.
enum PactNumber: Equatable {
  case integer(isNegative: Bool, magnitude: UInt64)
  case decimal(Double)

  init(_ number: JSONNumber) {
    let text = number.text.utf8
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative ? text.dropFirst() : text[...]
    if digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let magnitude = UInt64(String(decoding: digits, as: UTF8.self)),
      !isNegative || (magnitude > 0 && magnitude <= 1 << 63)
    {
      self = .integer(isNegative: isNegative, magnitude: magnitude)
    } else {
      self = .decimal(number.double)
    }
  }

  var isInteger: Bool {
    if case .integer = self { true } else { false }
  }

  /// The text that patterns and substrings are looked for in.
  var text: String {
    switch self {
    case .integer(let isNegative, let magnitude): (isNegative ? "-" : "") + String(magnitude)
    case .decimal(let value): Self.text(value)
    }
  }

  /// The shortest digits that read back as the same value, laid out as the official engine does:
  /// always with a fraction or an exponent, an exponent from 1e+16 and below 1e-5.
  private static func text(_ value: Double) -> String {
    guard value.isFinite, value != 0 else {
      return value == 0 ? (value.sign == .minus ? "-0.0" : "0.0") : "null"
    }
    let (digits, point) = shortestDigits(of: value.magnitude)
    let sign = value < 0 ? "-" : ""
    if point >= digits.count, point <= 16 {
      return sign + digits + String(repeating: "0", count: point - digits.count) + ".0"
    }
    if point > 0, point <= 16 {
      return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }
    if point > -5, point <= 0 {
      return sign + "0." + String(repeating: "0", count: -point) + digits
    }
    let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
    return sign + digits.prefix(1) + fraction + (point > 0 ? "e+" : "e") + String(point - 1)
  }

  /// The digits without zeros around them, and where the decimal point stands among them.
  private static func shortestDigits(of value: Double) -> (digits: String, point: Int) {
    let parts = "\(value)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let whole = mantissa[0]
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let all = whole + fraction
    let leading = all.prefix { $0 == "0" }.count
    var digits = String(all.dropFirst(leading))
    while digits.last == "0" { digits.removeLast() }
    return (digits, whole.count - leading + exponent)
  }
}

extension JSONValue {
  /// Whether both are the same value to the official engine: numbers by kind and value, objects
  /// without regard to order.
  func isSamePactValue(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.number(let left), .number(let right)): PactNumber(left) == PactNumber(right)
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSamePactValue(as: $1) }
    case (.object(let left), .object(let right)): left.isSamePactObject(as: right)
    default: false
    }
  }

  /// What patterns and substrings are looked for in: a string itself, of everything else the compact
  /// text with sorted names.
  var matchableText: String {
    if case .string(let text) = self { text } else { withSortedNames.text() }
  }

  private var withSortedNames: JSONValue {
    switch self {
    case .array(let items):
      return .array(items.map(\.withSortedNames))
    case .object(let object):
      let members = object.sortedMembers.map {
        JSONObject.Member(name: $0.name, value: $0.value.withSortedNames)
      }
      return .object(JSONObject(members))
    case .number(let number):
      return .number(JSONNumber(PactNumber(number).text) ?? number)
    default:
      return self
    }
  }
}

extension JSONObject {
  /// Each name once with its last value, in the order of the names' bytes.
  var sortedMembers: [Member] {
    var last: [[UInt8]: Int] = [:]
    for (index, member) in members.enumerated() { last[Array(member.name.utf8)] = index }
    return last.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { members[$0.value] }
  }

  fileprivate func isSamePactObject(as other: JSONObject) -> Bool {
    let left = sortedMembers
    let right = other.sortedMembers
    return left.count == right.count
      && zip(left, right).allSatisfy { left, right in
        left.name.utf8.elementsEqual(right.name.utf8)
          && left.value.isSamePactValue(as: right.value)
      }
  }
}
