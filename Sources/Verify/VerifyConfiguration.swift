package import JSON
package import Pact
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
  /// Which interactions are verified.
  package var selection: InteractionSelection
  /// How many conversations are played at once, of those that stand on no provider state and time; 1.
  package var jobs: Int
  /// The longest time to the first reply where an interaction names none; `nil`: any.
  package var budget: Duration?
  /// How often a conversation is played when only a time budget was missed; the majority decides.
  package var budgetAttempts: Int

  /// What generated values depend on.
  package var seed: UInt64
  /// Values for `ProviderState` generators that no state has to give; a state's own value wins.
  package var values: JSONObject
  /// The time that generated dates count from; `nil` is the present.
  package var now: CalendarTime?

  /// The defaults.
  package init(
    replyTimeout: Duration = .seconds(5),
    settleTime: Duration = .milliseconds(50),
    states: ProviderStateClient? = nil,
    session: SessionOptions = SessionOptions(),
    selection: InteractionSelection = InteractionSelection(),
    jobs: Int = 1,
    budget: Duration? = nil,
    budgetAttempts: Int = 3,
    seed: UInt64 = 0,
    values: JSONObject = [:],
    now: CalendarTime? = nil
  ) {
    self.replyTimeout = replyTimeout
    self.settleTime = settleTime
    self.states = states
    self.session = session
    self.selection = selection
    self.jobs = jobs
    self.budget = budget
    self.budgetAttempts = budgetAttempts
    self.seed = seed
    self.values = values
    self.now = now
  }
}
