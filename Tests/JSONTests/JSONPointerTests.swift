import JSON
import Testing

struct JSONPointerTests {
  @Test func `tokens that differ in composition are different`() {
    #expect(JSONPointer(tokens: ["\u{E9}"]) != JSONPointer(tokens: ["e\u{301}"]))
  }
}
