package import Contract
package import Session

/// What to play again, and against what.
package struct ReplayConfiguration: Sendable {
  /// What is played.
  package var scenario: Scenario
  /// The file that it was read from, as the user named it.
  package var file: String
  /// What may be said; without it only the scenario's own expectations are checked.
  package var api: APIDescription?
  /// Where the provider is, or how it is started.
  package var target: ProviderTarget
  /// The process of a provider that runs already, on this machine; `nil` when it is not known.
  package var providerProcess: Int32?
  /// How often it is played, unless the outcome is clear before; 3.
  package var attempts = 3
  /// The longest time to the first reply, where the scenario names none.
  package var budget: Duration = .milliseconds(100)
  /// The file that the provider's output is added to; `nil` keeps the last lines only.
  package var providerLog: String?
  /// The endpoint for provider states.
  package var stateURL: String?
  /// How connections are opened.
  package var session = SessionOptions()
  /// The file that the transcript of the last playing is written to; `nil` writes none.
  package var transcriptFile: String?

  /// Whether what is looked for is only seen in the figures of the provider's process.
  package var needsProcess: Bool {
    scenario.origin.map { LongRun.Resource(code: $0.finding) != nil } ?? false
  }

  /// Takes what has no default.
  package init(
    scenario: Scenario,
    file: String,
    api: APIDescription?,
    target: ProviderTarget
  ) {
    self.scenario = scenario
    self.file = file
    self.api = api
    self.target = target
  }
}
