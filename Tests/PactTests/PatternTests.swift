import Testing

@testable import Pact

struct PatternTests {
  struct Example: CustomTestStringConvertible {
    let pattern: String
    let text: String
    let fits: Bool
    var testDescription: String { "\(pattern) \(fits ? "fits" : "does not fit") \(text)" }
  }

  static let examples = [
    Example(pattern: "a|abc", text: "abc", fits: true),
    Example(pattern: "ab", text: "abc", fits: false),
    Example(pattern: "^ab$", text: "ab", fits: true),
    Example(pattern: #"\d{2}"#, text: "12", fits: true),
    Example(pattern: #"\d"#, text: "\u{0663}", fits: true),
    Example(pattern: #"\w+"#, text: "h\u{E9}llo", fits: true),
    Example(pattern: #"[\w-]+"#, text: "a-b", fits: true),
    Example(pattern: #"[\w\-. ]*"#, text: "a-b. c", fits: true),
    Example(pattern: #"[\w-.]+"#, text: "a-b.c", fits: true),
    Example(pattern: #"\h+"#, text: "beef", fits: true),
    Example(pattern: #"[[:alpha:]]+"#, text: "abc", fits: true),
    Example(pattern: #"[[:digit:]x]+"#, text: "12x", fits: true),
    Example(pattern: ".", text: "\r", fits: true),
    Example(pattern: ".", text: "\n", fits: false),
    Example(pattern: "(?m).", text: "\n", fits: true),
    Example(pattern: "(?i)abc", text: "aBC", fits: true),
    Example(pattern: "(?i:a)b", text: "AB", fits: false),
    Example(pattern: "(?i)[a-c]+", text: "aB", fits: true),
    Example(pattern: "a{,2}", text: "aa", fits: true),
    Example(pattern: "{a}", text: "{a}", fits: true),
    Example(pattern: #"\Aa\z"#, text: "a", fits: true),
    Example(pattern: #"\_\@\'\ "#, text: "_@' ", fits: true),
    Example(pattern: #"(?<x>a)\k<x>"#, text: "aa", fits: true),
    Example(pattern: #"(a)\1"#, text: "aa", fits: true),
    Example(pattern: #"\x41\x{42}\u0043\t"#, text: "ABC\t", fits: true),
    Example(pattern: #"\p{Alpha}+\p{^Digit}"#, text: "ab-", fits: true),
    Example(pattern: "(?# a remark)a", text: "a", fits: true),
    Example(pattern: "[]a]+", text: "]a", fits: true),
  ]

  @Test(arguments: examples)
  func `patterns mean what they mean in Ruby's syntax`(example: Example) throws {
    #expect(try PactPattern(example.pattern).fits(example.text) == example.fits)
  }

  static let unusable = [
    "a++", "(?>a)", "[a[b]]", "[a&&b]", "(a", "a)", "*a", #"\"#, "[a", #"\Gx"#, "[b-a]", "(?z)a",
    #"\p{Nonsense}"#, "[[:nonsense:]]", "{2}", "(?i",
  ]

  @Test(arguments: unusable)
  func `what has no counterpart is refused with a reason`(pattern: String) {
    let error = #expect(throws: PactPatternError.self) { try PactPattern(pattern) }
    #expect(error?.reason.isEmpty == false)
  }
}
