package import Contract
package import Session

/// What to fuzz, and how far to go.
package struct FuzzConfiguration: Sendable {
  /// What may be said.
  package var api: APIDescription
  /// Where the provider is, or how it is started.
  package var target: ProviderTarget
  /// Where all chance comes from.
  package var seed: UInt64
  /// Where messages come from; every phase.
  package var phases: Set<FuzzPhase> = Set(FuzzPhase.allCases)
  /// Conversations that were recorded elsewhere: the examples begin with them, and chance goes on from
  /// them.
  package var seeds: [SeedConversation] = []
  /// Which kinds of messages are sent; all.
  package var mode = FuzzMode.all
  /// How long clients wait before they go on; as each case decides.
  package var tempo = FuzzTempo.mixed
  /// The most messages in a case; 30.
  package var maximumSteps = 30
  /// The most connections in a case; 3.
  package var maximumConnections = 3
  /// How many cases are under way at a time, all with one provider; 1.
  package var jobs = 1
  /// How many cases to run; `nil` runs until the time is over.
  package var cases: Int?
  /// How long to run; `nil` runs until the cases are over.
  package var time: Duration?
  /// How long to run when neither cases nor time are given; 30 s.
  package static let defaultTime: Duration = .seconds(30)
  /// The longest time from a request to its first reply; 100 ms.
  package var budget: Duration = .milliseconds(100)
  /// How long to wait for a reply before it counts as missing; ten times the budget, at least a
  /// second, when `nil`.
  package var patience: Duration?
  /// After how many findings to stop; 5.
  package var maximumFindings = 5
  /// Signatures of findings that are accepted: they are told of in a note, and not reported.
  package var accepted: Set<String> = []
  /// Where failing scenarios and their transcripts are written; `nil` writes none.
  package var failuresDirectory: String? = ".wspact/failures"
  /// Where beginnings of cases that led somewhere new are kept from run to run; `nil` keeps none.
  package var corpusDirectory: String?
  /// Whether what earlier runs kept is gone on from; without it the seed alone decides.
  package var usesCorpus = false
  /// The file that the provider's output is added to; `nil` keeps the last lines only.
  package var providerLog: String?
  /// The endpoint for provider states.
  package var stateURL: String?
  /// What must be true of the provider, each time that it was started.
  package var given: [ProviderState] = []
  /// How connections are opened.
  package var session = SessionOptions()
  /// How often a finding is tried again before it counts; 3.
  package var confirmations = 3
  /// The most executions for making a finding smaller; 300.
  package var shrinkExecutions = 300
  /// The longest time for making a finding smaller; 10 s.
  package var shrinkTime: Duration = .seconds(10)
  /// How many earlier cases are played again when a finding does not come by itself; 100.
  package var maximumHistory = 100
  /// Whether each operation is asked for in rounds, to see what grows with use.
  package var playsRounds = true
  /// The process of a provider that runs already, on this machine; `nil` when it is not known.
  package var providerProcess: Int32?
  /// After how many cases the provider is started again, so that what cases leave behind does not
  /// heap up; 0 never, and `nil` after ``usualRestartPeriod`` where a start takes next to no time.
  package var restartPeriod: Int?
  /// After how many cases a provider is started again that starts quickly; 100.
  package static let usualRestartPeriod = 100
  /// A start that takes no longer than this is a quick one; 250 ms.
  package static let quickStart: Duration = .milliseconds(250)

  /// How a machine is learned; `nil`: cases are played instead.
  package var learning: LearningConfiguration?

  /// Takes what has no default.
  package init(api: APIDescription, target: ProviderTarget, seed: UInt64) {
    self.api = api
    self.target = target
    self.seed = seed
  }
}
