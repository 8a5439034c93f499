import Contract

/// How a message is spelled makes no difference.
///
/// No judge sees it in one run: it is told when something is wrong with a message in an unusual
/// spelling, comes again, and does not come when the same is said plainly.
enum SpellingRule {
  /// The rule.
  static let rule = JudgeRule(
    code: "WSP410",
    name: "spelling-matters",
    summary: "a valid message is taken in every spelling that JSON has for it",
    explanation: """
      The same values were said twice, plainly and in another spelling, and only the plain one was \
      answered as it should be. Example: a message whose first member is not its type is refused; \
      '\\u00e9' comes back as six characters. Members have no order (RFC 8259 section 4), white space \
      and escapes mean nothing (sections 2 and 7), and 1.0 is the number 1 (JSON Schema 2020-12 Core \
      section 4.2.2). Other languages' libraries write so. Use a JSON parser, and compare values, not \
      texts.
      """
  )

  /// What is said of something that is wrong in one spelling only.
  ///
  /// - Parameters:
  ///   - finding: What is wrong in that spelling.
  ///   - spelling: The spelling.
  /// - Returns: The finding against this rule.
  static func finding(_ finding: Finding, in spelling: Spelling) -> Finding {
    var told = finding
    told.code = rule.code
    told.rule = rule.name
    told.message = "with \(spelling.words): \(finding.message)"
    let subject = finding.signature.split(separator: " ").dropFirst().joined(separator: " ")
    told.signature = "\(rule.code) \(spelling) \(subject)"
    told.details.insert("said plainly, it does not happen (\(finding.code) otherwise)", at: 0)
    return told
  }
}
