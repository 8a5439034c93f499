import JSONSchema
import Testing

struct ECMAPatternTests {
  struct Example: CustomTestStringConvertible {
    var pattern: String
    var matching: [String]
    var other: [String]
    var testDescription: String { pattern }

    init(_ pattern: String, _ matching: [String], not other: [String] = []) {
      self.pattern = pattern
      self.matching = matching
      self.other = other
    }
  }

  static let examples = [
    Example("", ["", "a"]),
    Example("b", ["b", "abc"], not: ["", "a", "B"]),
    Example("^abc$", ["abc"], not: ["abc\n", "xabc", "ab", "abcd", "\nabc"]),
    Example("a|^b|c$", ["a", "xay", "b!", "!c"], not: ["!b", "c!", ""]),
    Example("^(a|bc)*$", ["", "abca", "bcbc"], not: ["b", "acb"]),
    Example("^a{2,4}$", ["aa", "aaaa"], not: ["a", "aaaaa"]),
    Example("^a{3}$", ["aaa"], not: ["aa", "aaaa"]),
    Example("^a{2,}$", ["aa", "aaaaaaaa"], not: ["a", ""]),
    Example("^(?:a{2}){2,3}$", ["aaaa", "aaaaaa"], not: ["aaa", "aaaaa", "aaaaaaaa"]),
    Example("^a+?b*?c??$", ["a", "aabbc"], not: ["", "acc"]),
    Example(
      "^.$",
      ["a", "é", "🐲", "\u{85}"],
      not: ["", "\n", "\r", "\u{2028}", "\u{2029}", "ab"]
    ),
    Example("^[^]$", ["\n", "x", "🐲"], not: ["", "xx"]),
    Example("[]", [], not: ["", "a"]),
    Example("^[a-cx-]$", ["a", "c", "x", "-"], not: ["d", ""]),
    Example("^[^a-c]$", ["d", "é", "\n", "🐲"], not: ["a", "b"]),
    Example("^[\\]\\\\^-]$", ["]", "\\", "^", "-"], not: ["["]),
    Example("^[\\w.-]+$", ["a.b-c_9"], not: ["é", "a b"]),
    Example("^\\d$", ["0", "9"], not: ["\u{7C0}", "a"]),
    Example("^\\D$", ["\u{7C0}", "a", "é"], not: ["0"]),
    Example("^\\w$", ["a", "Z", "_", "0"], not: ["é", "-", "\u{17F}", "\u{212A}"]),
    Example("^\\W$", ["é", "-", "🐲"], not: ["a"]),
    Example(
      "^\\s$",
      [" ", "\t", "\u{B}", "\u{C}", "\u{A0}", "\u{FEFF}", "\n", "\u{2029}", "\u{2003}"],
      not: ["\u{1}", "\u{2013}", "\u{85}", "\u{180E}"]
    ),
    Example("^\\S$", ["\u{1}", "\u{2013}"], not: [" ", "\u{FEFF}", "\n"]),
    Example("^\\t\\n\\v\\f\\r\\0$", ["\t\n\u{B}\u{C}\r\0"], not: ["\\t"]),
    Example("^\\cC\\cc\\cA$", ["\u{3}\u{3}\u{1}"], not: ["\\cC"]),
    Example("^\\x41\\u0042\\u{43}\\u{1F432}$", ["ABC🐲"]),
    Example("^\\uD83D\\uDC32$", ["🐲"], not: ["🐉"]),
    Example("^[\\uD83D\\uDC30-\\uD83D\\uDC32]$", ["🐲", "🐰"], not: ["🐉"]),
    Example("\\uD83D", [], not: ["🐲"]),
    Example("^🐲*$", ["", "🐲", "🐲🐲"], not: ["🐉", "D", "🐲D"]),
    Example("^\\p{Letter}\\p{L}\\p{Lu}$", ["aéÉ"], not: ["aéé", "1ab"]),
    Example("^\\p{digit}+$", ["42", "\u{9EA}\u{9E8}"], not: ["-%#"]),
    Example("^\\P{L}$", ["1", "-"], not: ["a", "é"]),
    Example("^[\\p{Nd}\\P{ASCII}]$", ["1", "é"], not: ["a"]),
    Example("^\\p{Script=Greek}+$", ["αβγ"], not: ["abc", "α\u{342}"]),
    Example("^\\p{scx=Grek}+$", ["αβγ\u{342}"], not: ["abc"]),
    Example("^\\p{Emoji_Presentation}$", ["🐲"], not: ["a", "1"]),
    Example("^\\p{Extended_Pictographic}\\p{RI}{2}$", ["🐲🇪🇺"]),
    Example("^\\p{Any}\\p{Assigned}\\p{Uppercase}$", ["\u{378}aA"], not: ["a\u{378}A"]),
    Example("\\bfoo\\b", ["foo", "a foo!", "é foo", "éfoo"], not: ["afoo", "foob", "foo_"]),
    Example("\\Boo\\B", ["foot"], not: ["oo", "foo", "oops"]),
    Example("\\B", ["", "-", "aa", "é"], not: ["a", "aéb"]),
    Example("^(?:)$", [""], not: ["a"]),
    Example("^(a+)+$", ["aaa"], not: ["aaab"]),
    Example("(?=a)b", [], not: ["ab"]),
    Example("^(?=.*\\d)(?=.*[a-z]).{4,}$", ["abc1", "1bcd é"], not: ["abcd", "1234", "a1"]),
    Example("^(?!foo)\\w+$", ["bar", "fo", "xfoo"], not: ["foo", "foobar"]),
    Example("(?<=a+)b", ["aab"], not: ["b", "cb"]),
    Example("(?<!a)b", ["b", "cb", "ab b"], not: ["ab"]),
    Example("(?<=^|,)x", ["x", "a,x"], not: ["ax"]),
    Example("(?<=é🐲)x", ["é🐲x"], not: ["ex"]),
    Example("^(a*)b\\1$", ["b", "aba", "aabaa"], not: ["aab", "aba a"]),
    Example("^(?<q>['\"]).*\\k<q>$", ["'x'", "\"x\""], not: ["'x\""]),
    Example("^(?:(?<y>a)|(?<y>b))\\k<y>$", ["aa", "bb"], not: ["ab"]),
    Example("^\\1(a)$", ["a"], not: ["aa"]),
    Example("^(?:(a)|b)*\\1$", ["ab", "aa", "b"], not: ["ac", "aba"]),
    Example("(?<=\\1(a))b", ["aab"], not: ["ab"]),
    Example("^(?:a?)*?$", ["", "aaa"], not: ["b"]),
    Example("^(?:a?){3,5}(?=$)", ["", "a", "aaaaa"], not: ["aaaaaa"]),
    Example("^(?:(\\w)a?){3}\\1$", ["xayazz", "abcc"], not: ["abcd", "xx"]),
    Example("^(z)((a+)?(b+)?(c))*$", ["zaacbbbcac"], not: ["zaacb"]),
    Example("/", ["a/b"]),
    Example("^\\/\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\^\\$\\\\$", ["/.*+?()[]{}|^$\\"]),
    Example(
      "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}$",
      ["0123abcd-1234-abcd"],
      not: ["0123abcd-1234-abcg"]
    ),
    Example("^.{1,3000}$", [String(repeating: "é", count: 3000)], not: [""]),
    Example("x.{20}y", ["x" + String(repeating: "x", count: 20) + "y"], not: ["xy"]),
  ]

  @Test(arguments: examples)
  func `a pattern matches exactly what ECMA-262 says`(example: Example) throws {
    let pattern = try ECMAPattern(example.pattern)
    for text in example.matching {
      #expect(pattern.verdict(on: text) == .matches, "\(text.debugDescription)")
    }
    for text in example.other {
      #expect(pattern.verdict(on: text) == .doesNotMatch, "\(text.debugDescription)")
    }
  }

  @Test(arguments: examples)
  func `look-around in front changes the machine but not the verdict`(example: Example) throws {
    let pattern = try ECMAPattern("(?=)(?:\(example.pattern))")
    // A number counts groups, which are unchanged; so every example stands for two machines.
    for text in example.matching where text.utf8.count < 1000 {
      #expect(pattern.verdict(on: text) == .matches, "\(text.debugDescription)")
    }
    for text in example.other {
      #expect(pattern.verdict(on: text) == .doesNotMatch, "\(text.debugDescription)")
    }
  }

  @Test func `nested repetition stays linear`() throws {
    let pattern = try ECMAPattern("^(a+)+$")
    #expect(pattern.verdict(on: String(repeating: "a", count: 1_000_000)) == .matches)
    #expect(pattern.verdict(on: String(repeating: "a", count: 100_000) + "b") == .doesNotMatch)
  }

  @Test func `nested repetition with look-ahead stays linear`() throws {
    let pattern = try ECMAPattern("^(?=(a+)+$)a")
    #expect(pattern.verdict(on: String(repeating: "a", count: 10_000) + "b") == .doesNotMatch)
  }

  @Test func `a backreference that would take forever is called too costly`() throws {
    let pattern = try ECMAPattern("^(?:(a+)+)+\\1b$")
    #expect(pattern.verdict(on: String(repeating: "a", count: 200)) == .tooCostly)
  }

  @Test func `enormous bounds are counted, not written out`() throws {
    let pattern = try ECMAPattern("^a{1000000}$")
    #expect(pattern.verdict(on: String(repeating: "a", count: 999)) == .doesNotMatch)
    let nested = try ECMAPattern("^(?:(?:a{1000}){1000}){1000}$")
    #expect(nested.verdict(on: "aaaa") == .doesNotMatch)
    let empty = try ECMAPattern("^(?:a?){99999999999999999999}$")
    #expect(empty.verdict(on: "aaaa") == .matches)
  }

  @Test func `more states than are kept at a time do no harm`() throws {
    let pattern = try ECMAPattern("^(?:[ab]*a[ab]{13}c)$")
    var text = ""
    var seed: UInt64 = 7
    for _ in 0..<20_000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += seed >> 63 == 0 ? "a" : "b"
    }
    text += "a" + String(repeating: "b", count: 13)
    #expect(pattern.verdict(on: text + "c") == .matches)
    #expect(pattern.verdict(on: text + "bc") != .matches)
  }

  @Test func `one pattern serves several threads`() async throws {
    let pattern = try ECMAPattern("x[ab]*a[ab]{9}y")
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { round in
            let middle = String(repeating: (index + round) % 2 == 0 ? "ab" : "ba", count: 20)
            return pattern.isMatch("x\(middle)a\(String(repeating: "b", count: 9))y")
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test func `patterns are equal when their texts are`() throws {
    #expect(try ECMAPattern("a") == ECMAPattern("a"))
    #expect(try ECMAPattern("\u{E9}") != ECMAPattern("e\u{301}"))
  }
}

/// The automaton and the trial of one way after the other, on the same patterns.
struct TwoMatchersTests {
  static let patterns = [
    "^[a-z][a-z0-9_-]{2,31}$", #"^\d{1,7}\.\d{2,8}$"#, "(a|ab)(c|bcd)(d*)$", "^(?:a?){8}a{8}$",
    #"[^\p{L}]\p{Lu}"#, "^$", "x*", #"(?:é|e\u0301)+$"#, ".{3}😀", #"^[\s\S]{2}$"#, "a{0}b|^c",
  ]
  static let texts = [
    "", "a", "general-7", "12.34", "1.2", "abcd", "aaaaaaaa", "aaaaaaa", "-Ü", "é", "ee\u{301}",
    "abc😀", "\n\u{0}", "b", "c",
  ]

  @Test(arguments: patterns)
  func `both matchers give the same verdict`(source: String) throws {
    let pattern = try ECMAPattern(source)
    for text in Self.texts {
      #expect(pattern.verdict(on: text) == pattern.verdictByTrial(on: text), "'\(text)'")
    }
  }
}
