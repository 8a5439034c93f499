import Fuzz
import Testing

struct RuleTests {
  @Test(arguments: Judges.rules)
  func `each rule says what a correct provider does and gives an example`(rule: JudgeRule) {
    #expect(rule.explanation.contains("Example: "), "\(rule.code)")
    #expect(!rule.summary.isEmpty && !rule.summary.hasSuffix("."), "\(rule.code)")
    #expect(Judges.rule(rule.code) == rule)
    #expect(Judges.rule(rule.name) == rule)
  }

  @Test func `codes and names are used once`() {
    #expect(Set(Judges.rules.map(\.code)).count == Judges.rules.count)
    #expect(Set(Judges.rules.map(\.name)).count == Judges.rules.count)
  }
}
