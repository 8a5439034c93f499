package import Session

/// What `wspact verify` was asked to do.
package struct VerifyConfiguration: Sendable {
  /// How long a reply or a push may take to come; 5 s.
  package var replyTimeout: Duration
  /// How long to listen for one more reply where the contract allows any number; 50 ms.
  package var settleTime: Duration
  /// Where provider states are set up; `nil` when there is no such endpoint.
  package var states: ProviderStateClient?
  /// How the session connects.
  package var session: SessionOptions
  /// Only interactions whose description contains this text; empty takes all.
  package var filter: String
  /// How often a conversation is played when only a time budget was missed; the majority decides.
  package var budgetAttempts: Int

  /// The defaults.
  package init(
    replyTimeout: Duration = .seconds(5),
    settleTime: Duration = .milliseconds(50),
    states: ProviderStateClient? = nil,
    session: SessionOptions = SessionOptions(),
    filter: String = "",
    budgetAttempts: Int = 3
  ) {
    self.replyTimeout = replyTimeout
    self.settleTime = settleTime
    self.states = states
    self.session = session
    self.filter = filter
    self.budgetAttempts = budgetAttempts
  }
}
