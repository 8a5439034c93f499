import Contract
import JSON
import TestSupport

/// Makes values for round trips, the same ones for the same seed.
struct ValueGenerator {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  mutating func pick<Item>(_ items: [Item]) -> Item { items[number(0...items.count - 1)] }

  mutating func optional<Item>(_ make: (inout ValueGenerator) -> Item) -> Item? {
    chance(50) ? make(&self) : nil
  }

  mutating func list<Item>(upTo count: Int, _ make: (inout ValueGenerator) -> Item) -> [Item] {
    (0..<number(0...count)).map { _ in make(&self) }
  }

  mutating func bytes() -> [UInt8] { list(upTo: 12) { UInt8($0.number(0...255)) } }

  /// Text that YAML or JSON readers could take for something else, or stumble over.
  mutating func text() -> String {
    let hard = [
      "", " ", "a b", "a ", " a", "null", "~", "true", "yes", "on", "1", "1e3", "0x1F", "-", "- a",
      "a: b", "a #b", "#", "&a", "*a", "!a", "|", ">", "%", "@", "`", "'", "\"", "\\", "{}", "[]",
      "?", ":", "a:", "<<", "=", "...", "---", "\n", "a\nb", "a\r\nb", "\t", "\u{0}", "\u{7F}",
      "\u{85}", "\u{2028}", "\u{FEFF}", "\u{FFFE}", "\u{202E}abc", "\u{E9}", "e\u{301}",
      "\u{1F600}", "\u{10FFFF}", "2025-07-01", "2025-07-01T09:00:00Z", "1_000", ".inf", ".5",
      "12:30",
      "/type", "stream_start", "5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01", "O", "y", "Null",
      String(repeating: "long ", count: 50), String(repeating: "x", count: 2000),
    ]
    guard chance(30) else { return pick(hard) }
    return list(upTo: 8) { $0.pick(hard) }.joined()
  }

  mutating func plainName() -> String { pick(["main", "other", "third", "a b", "on", "x:y"]) }

  mutating func json(depth: Int = 4) -> JSONValue {
    switch number(0...(depth > 0 ? 7 : 4)) {
    case 0: return .null
    case 1: return .bool(chance(50))
    case 2:
      let texts = ["0", "-0", "1.0", "1e400", "-1.5E-7", "12345678901234567890", "1e2", "0.1"]
      return JSONNumber(pick(texts)).map { .number($0) } ?? .null
    case 3, 4: return .string(text())
    case 5: return .array(list(upTo: 10) { $0.json(depth: depth - 1) })
    default: return .object(object(depth: depth - 1))
    }
  }

  mutating func object(depth: Int = 3) -> JSONObject {
    var object: JSONObject = [:]
    for _ in 0..<number(0...5) { object[text()] = json(depth: depth) }
    return object
  }

  mutating func pointer() -> JSONPointer { JSONPointer(tokens: list(upTo: 3) { $0.text() }) }

  mutating func duration() -> Duration {
    pick([.zero, .milliseconds(50), .seconds(90), .nanoseconds(number(0...9_999_999_999))])
  }
}
