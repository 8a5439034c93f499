import JSON

/// What a scalar without quotes stands for.
///
/// Spec: YAML 1.2.2 §10.3.2 Tag Resolution.
enum CoreScalar {
  /// The value, or `nil` for infinities and not-a-number, which JSON does not have.
  static func value(of text: String) -> JSONValue? {
    switch text {
    case "", "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default:
      if isInfinityOrNaN(text) {
        nil
      } else if let number = number(text) {
        .number(number)
      } else {
        .string(text)
      }
    }
  }

  private static func isInfinityOrNaN(_ text: String) -> Bool {
    let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    return [".inf", ".Inf", ".INF"].contains(unsigned) || [".nan", ".NaN", ".NAN"].contains(text)
  }

  /// The number that a text is, in a spelling that JSON allows and as near to the text as that is.
  static func number(_ text: String) -> JSONNumber? {
    guard let first = text.utf8.first, first <= UInt8(ascii: "9") else { return nil }
    if let number = JSONNumber(text) { return number }
    if text.hasPrefix("0o") { return whole(text.dropFirst(2), radix: 8) }
    if text.hasPrefix("0x") { return whole(text.dropFirst(2), radix: 16) }
    return JSONNumber(jsonSpelling(text))
  }

  /// Octal and hexadecimal digits as a decimal number of any size.
  private static func whole(_ digits: Substring, radix: Int) -> JSONNumber? {
    guard !digits.isEmpty else { return nil }
    var value = ExactDecimal(0)
    for character in digits {
      guard let digit = character.hexDigitValue, digit < radix, character.isASCII,
        let next = value.multiplied(by: radix).adding(ExactDecimal(digit))
      else { return nil }
      value = next
    }
    return value.number
  }

  /// `+1`, `007`, `.5` and `1.` as JSON writes them; other texts as they are, or no better.
  private static func jsonSpelling(_ text: String) -> String {
    var rest = Substring(text)
    var sign = ""
    if rest.first == "-" || rest.first == "+" { sign = rest.removeFirst() == "-" ? "-" : "" }
    let zeros = rest.prefix { $0 == "0" }
    rest = rest.dropFirst(zeros.count)
    var whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(whole.count)
    var fraction = ""
    let hasPoint = rest.first == "."
    if hasPoint {
      let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(1 + digits.count)
      // A point needs a digit on one side at least.
      guard !(digits.isEmpty && whole.isEmpty && zeros.isEmpty) else { return text }
      fraction = "." + (digits.isEmpty ? "0" : digits)
    }
    guard hasPoint || !whole.isEmpty || !zeros.isEmpty else { return text }
    if whole.isEmpty { whole = "0" }
    return sign + whole + fraction + rest
  }
}
