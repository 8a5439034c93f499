import JSONSchema
import Testing

struct ECMAPatternErrorTests {
  struct Example: CustomTestStringConvertible {
    var pattern: String
    var offset: Int
    var reason: String
    var testDescription: String { pattern }
  }

  static let examples = [
    Example(pattern: "^(abc]", offset: 5, reason: "lone ']'"),
    Example(pattern: "(abc", offset: 0, reason: "'(' is never closed"),
    Example(pattern: "abc)", offset: 3, reason: "unmatched ')'"),
    Example(pattern: "a[b", offset: 1, reason: "'[' is never closed"),
    Example(pattern: "[z-a]", offset: 1, reason: "out of order"),
    Example(pattern: "[\\w-a]", offset: 1, reason: "cannot be the end of a range"),
    Example(pattern: "a**", offset: 2, reason: "nothing to repeat before '*'"),
    Example(pattern: "+a", offset: 0, reason: "nothing to repeat before '+'"),
    Example(pattern: "a{2,1}", offset: 1, reason: "out of order: {2,1}"),
    Example(pattern: "a{", offset: 1, reason: "must be followed by a number"),
    Example(pattern: "a{1", offset: 1, reason: "never closed"),
    Example(pattern: "{", offset: 0, reason: "nothing to repeat before '{'"),
    Example(pattern: "a}", offset: 1, reason: "lone '}'"),
    Example(pattern: "^*", offset: 0, reason: "cannot follow an assertion"),
    Example(pattern: "(?=a)*", offset: 0, reason: "cannot follow an assertion"),
    Example(pattern: "\\a", offset: 0, reason: "'\\a' is no escape"),
    Example(pattern: "é\\Z", offset: 1, reason: "write '$'"),
    Example(pattern: "\\-", offset: 0, reason: "needs no backslash"),
    Example(pattern: "\\", offset: 0, reason: "at the end of the pattern"),
    Example(pattern: "\\c1", offset: 0, reason: "followed by a letter"),
    Example(pattern: "\\01", offset: 0, reason: "octal"),
    Example(pattern: "\\xg0", offset: 0, reason: "2 hexadecimal digits"),
    Example(pattern: "\\u12", offset: 0, reason: "4 hexadecimal digits"),
    Example(pattern: "\\u{110000}", offset: 0, reason: "beyond the last code point"),
    Example(pattern: "(?P<n>a)", offset: 0, reason: "Python"),
    Example(pattern: "(?#c)a", offset: 0, reason: "comments"),
    Example(pattern: "(?i)a", offset: 0, reason: "inline flags"),
    Example(pattern: "(?<n>a)(?<n>b)", offset: 10, reason: "duplicate group name 'n'"),
    Example(pattern: "(?<1>a)", offset: 3, reason: "cannot be part of a group's name"),
    Example(pattern: "\\k<n>", offset: 0, reason: "refers to no group of that name"),
    Example(pattern: "\\1", offset: 0, reason: "there are no groups"),
    Example(pattern: "(a)\\2", offset: 3, reason: "only 1 group(s)"),
    Example(pattern: "\\p{letter}", offset: 0, reason: "did you mean 'Letter'?"),
    Example(pattern: "\\p{Klingon}", offset: 0, reason: "unknown Unicode property 'Klingon'"),
    Example(pattern: "\\p{Script=greek}", offset: 0, reason: "did you mean 'Greek'?"),
    Example(pattern: "\\p{Emoji=Yes}", offset: 0, reason: "takes no value"),
    Example(pattern: "\\pL", offset: 0, reason: "must be followed by '{Property}'"),
    Example(
      pattern: String(repeating: "(", count: 100_000),
      offset: 200,
      reason: "more than 200 deep"
    ),
  ]

  @Test(arguments: examples)
  func `a pattern that is none says where and why`(example: Example) {
    #expect {
      try ECMAPattern(example.pattern)
    } throws: { error in
      guard let error = error as? ECMAPatternError else { return false }
      let isRight = error.offset == example.offset && error.reason.contains(example.reason)
      if !isRight { Issue.record("\(error)") }
      return isRight
    }
  }
}
