import JSON
import TestSupport

/// Values with awkward parts, the same for the same seed.
enum GeneratedValue {
  static let strings = [
    "", "a", "é", "e\u{301}", "\u{0}", "\"\\/\u{8}\n", "😀", "\u{2028}", "\u{FEFF}", "~1/~0",
    "a longer text without anything special in it", "данные и ещё", "\u{7F}\u{80}", "\u{10FFFF}",
  ]
  static let numbers = [
    "0", "-0", "1", "1.0", "1e2", "-12.50", "1e400", "5e-324", "9007199254740993",
    "123456789012345678901234567890", "0.1", "1E-7", "-1.5e+300",
  ]

  static func make(depth: Int = 0, using random: inout SplitMix64) -> JSONValue {
    switch Int.random(in: 0..<(depth < 5 ? 9 : 5), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .number(JSONNumber(numbers.randomElement(using: &random) ?? "0") ?? 0)
    case 3: .number(JSONNumber(Int(truncatingIfNeeded: random.next())))
    case 4: .string(string(using: &random))
    case 5, 6: array(depth, &random)
    default: object(depth, &random)
    }
  }

  static func string(using random: inout SplitMix64) -> String {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in
      strings.randomElement(using: &random) ?? ""
    }.joined()
  }

  private static func array(_ depth: Int, _ random: inout SplitMix64) -> JSONValue {
    let count = Int.random(in: 0...5, using: &random)
    var items: [JSONValue] = []
    for _ in 0..<count { items.append(make(depth: depth + 1, using: &random)) }
    return .array(items)
  }

  private static func object(_ depth: Int, _ random: inout SplitMix64) -> JSONValue {
    let count = Int.random(in: 0...5, using: &random)
    var object = JSONObject()
    for _ in 0..<count {
      object[string(using: &random)] = make(depth: depth + 1, using: &random)
    }
    return .object(object)
  }
}
