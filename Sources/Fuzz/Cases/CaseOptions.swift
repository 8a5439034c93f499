import Session

/// How cases are played.
struct CaseOptions: Sendable {
  /// The most messages in a case.
  var maximumSteps: Int
  /// The most connections in a case.
  var maximumConnections: Int
  /// How connections are opened.
  var session: SessionOptions
  /// What the provider is allowed, and how long it is waited for.
  var limits: JudgeLimits
  /// Whether the provider answers ping frames.
  var answersPings = true
  /// Spellings that are known to matter: messages are spelled plainly in place of them.
  var settledSpellings: Set<Spelling> = []
  /// Findings that are known already: a case goes on after them.
  var known: Set<String> = []
}
