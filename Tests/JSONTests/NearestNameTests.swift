import JSON
import Testing

struct NearestNameTests {
  static let names = ["connect", "subscribe", "publish", "payload", "message", "messages", "id"]

  static let examples: [(String, String?)] = [
    ("conect", "connect"), ("Connect", "connect"), ("subscirbe", "subscribe"),
    ("mesage", "message"),
    ("messages", "messages"), ("payLoad", "payload"), ("ids", "id"), ("di", "id"),
    ("something", nil), ("", nil), ("x", nil),
  ]

  @Test(arguments: examples)
  func `the nearest name is found, or none is near`(written: String, expected: String?) {
    #expect(nearestName(to: written, in: Self.names) == expected)
  }

  @Test func `of equally near names the first wins`() {
    #expect(nearestName(to: "bat", in: ["cat", "hat", "bar"]) == "cat")
  }
}
