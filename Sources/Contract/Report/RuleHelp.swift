/// What a report may say of a rule.
package struct RuleHelp: Sendable, Hashable {
  /// The code (`WSP201`), or the name where the rule has no code.
  package var code: String
  /// A short name in kebab-case.
  package var name: String
  /// What is right, in a sentence.
  package var summary: String
  /// What breaks it, and where to look.
  package var explanation: String

  /// Describes a rule.
  package init(code: String, name: String = "", summary: String = "", explanation: String = "") {
    self.code = code
    self.name = name
    self.summary = summary
    self.explanation = explanation
  }
}
