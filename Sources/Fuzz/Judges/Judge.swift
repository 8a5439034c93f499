package import Contract

/// Reads evidence and says what is wrong with the provider; opens no socket and knows no time.
package protocol Judge: SendableMetatype {
  /// The rule that it watches.
  static var rule: JudgeRule { get }
  /// What the provider did against the rule, in the order in which it was seen.
  static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding]
}

/// A rule for providers: a stable code, a name, and what it means.
package struct JudgeRule: Hashable, Sendable {
  /// The code, which never changes its meaning (`WSP201`).
  package var code: String
  /// A short name in kebab-case.
  package var name: String
  /// What a correct provider does, in a sentence.
  package var summary: String
  /// An example of what breaks the rule, and where to look.
  package var explanation: String

  /// Describes a rule.
  package init(code: String, name: String, summary: String, explanation: String) {
    self.code = code
    self.name = name
    self.summary = summary
    self.explanation = explanation
  }

  /// A finding against this rule.
  ///
  /// - Parameters:
  ///   - message: One sentence: lower case, no full stop.
  ///   - subject: The operation or message to blame.
  ///   - place: What else tells this finding from others of the rule and subject.
  /// - Returns: The finding, without a place in the traffic.
  func finding(_ message: String, subject: String, place: String = "") -> Finding {
    Finding(
      code: code,
      rule: name,
      message: message,
      signature: [code, subject, place].filter { !$0.isEmpty }.joined(separator: " ")
    )
  }
}

/// Every judge, the gravest first.
package enum Judges {
  /// The judges in the order in which they are asked.
  package static let all: [any Judge.Type] = [
    ProcessExitJudge.self, InternalErrorJudge.self, ConnectionDropJudge.self,
    ReconnectJudge.self, ProtocolViolationJudge.self, RejectionJudge.self,
    ViolationAcceptedJudge.self, ViolationCloseJudge.self, InvalidAcceptedJudge.self,
    FramingJudge.self, RecoveryJudge.self, InvalidUnansweredJudge.self,
    UndocumentedCloseJudge.self, ReplySchemaJudge.self, UndocumentedMessageJudge.self,
    LeakJudge.self, EscapedTextJudge.self,
    WrongConnectionJudge.self, CorrelationJudge.self, UnsolicitedReplyJudge.self,
    DuplicateReplyJudge.self, ReplyOrderJudge.self, IncompleteReplyJudge.self,
    RequiredStepJudge.self, WrongStatusJudge.self, UseAfterDeleteJudge.self, LostStateJudge.self,
    StaleReadJudge.self, LostBroadcastJudge.self, ExtraBroadcastJudge.self,
    AudienceCountJudge.self, MissingReplyJudge.self, LateReplyJudge.self, CloseHandshakeJudge.self,
    MemoryGrowthJudge.self, DescriptorGrowthJudge.self, ThreadGrowthJudge.self,
    LatencyGrowthJudge.self,
  ]

  /// Every rule: those of the judges, and the one that takes two runs to see.
  package static var rules: [JudgeRule] { all.map { $0.rule } + [SpellingRule.rule] }

  /// The rule with a code or name, for an explanation.
  package static func rule(_ codeOrName: String) -> JudgeRule? {
    rules.first {
      $0.code.lowercased() == codeOrName.lowercased() || $0.name == codeOrName
    }
  }

  /// What the rules of some findings mean, each once.
  package static func help(for findings: [Finding]) -> [RuleHelp] {
    let codes = Set(findings.map(\.code))
    return all.map { $0.rule }.filter { codes.contains($0.code) }.map { rule in
      RuleHelp(
        code: rule.code,
        name: rule.name,
        summary: rule.summary,
        explanation: rule.explanation
      )
    }
  }

  /// Everything that is wrong, the gravest first; of one signature only the first.
  ///
  /// When the process ended, what followed from that is not told again.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    var findings: [Finding] = []
    for judge in all {
      for finding in judge.findings(in: evidence, limits: limits)
      where !findings.contains(where: { $0.signature == finding.signature }) {
        findings.append(finding)
      }
      if judge == ProcessExitJudge.self, !findings.isEmpty { break }
    }
    return findings
  }
}
