import JSONSchema
import Testing

struct PatternIntersectionTests {
  struct Example: CustomTestStringConvertible {
    var matching: [String]
    var avoiding: [String] = []
    /// The shortest texts, as far as they are of interest.
    var accepted: [String]
    var refused: [String]
    var testDescription: String {
      matching.joined(separator: " and ")
        + (avoiding.isEmpty ? "" : " without " + avoiding.joined(separator: ", "))
    }
  }

  static let examples = [
    Example(
      matching: ["^[a-z]+@", "\\.com$"],
      accepted: ["a@.com", "ab@x.com", "a@@.com"],
      refused: ["@.com", "a.com", "a@.co", "A@.com"]
    ),
    Example(
      matching: ["^\\d{3}$"],
      avoiding: ["^0", "7"],
      accepted: ["123", "999"],
      refused: ["012", "171", "12", "1234"]
    ),
    Example(
      matching: ["\\bcat\\b", "^.{5,7}$"],
      accepted: ["a cat", "cat, a", "é cat é"],
      refused: ["cat", "cats!", "a cat in"]
    ),
    Example(matching: ["^a", "^b"], accepted: [], refused: ["a", "b", "ab", ""]),
    Example(matching: ["^\\p{Lu}", "日"], accepted: ["Ä日", "A日"], refused: ["日", "ä日"]),
    Example(matching: [], avoiding: ["."], accepted: ["", "\n"], refused: ["a"]),
  ]

  @Test(arguments: examples)
  func `a text is accepted when it matches all patterns and none of the others`(
    example: Example
  ) throws {
    let automaton = try #require(
      PatternIntersection(
        matching: try example.matching.map { try ECMAPattern($0) },
        avoiding: try example.avoiding.map { try ECMAPattern($0) }
      )
    )
    for text in example.accepted { #expect(accepts(automaton, text), "\(text)") }
    for text in example.refused { #expect(!accepts(automaton, text), "\(text)") }
  }

  @Test func `every character is in one group of letters`() throws {
    let automaton = try #require(
      PatternIntersection(matching: [try ECMAPattern("^[a-f\\d]+x?\\p{Lu}$")])
    )
    #expect(automaton.letters.reduce(0) { $0 + $1.count } == ScalarSet.all.count)
    let all = automaton.letters.reduce(ScalarSet.none) { $0.union($1) }
    #expect(all == .all)
  }

  @Test(arguments: ["(?=a)b", "(a)\\1", "^(?:[a-z]{1,50} ){50}[0-9]{1,900}x"])
  func `patterns without an automaton, or with one too large, are not put together`(
    pattern: String
  ) throws {
    let other = try ECMAPattern("^(?:.{0,40}a.{40}|b)")
    #expect(PatternIntersection(matching: [try ECMAPattern(pattern), other]) == nil)
  }

  private func accepts(_ automaton: PatternIntersection, _ text: String) -> Bool {
    var state = 0
    for scalar in text.unicodeScalars {
      let letter = automaton.letters.firstIndex { $0.contains(scalar.value) }
      guard let letter, let next = automaton.state(after: state, letter: letter) else {
        return false
      }
      state = next
    }
    return automaton.isAccepting(state)
  }
}
