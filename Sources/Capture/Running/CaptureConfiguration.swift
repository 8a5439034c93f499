package import Contract
package import Session
package import WebSocket

/// What `wspact capture` was asked to do.
package struct CaptureConfiguration: Sendable {
  /// Who plays the consumer.
  package enum Consumer: Sendable {
    /// A command; it finds the address to connect to in its environment.
    case command([String])
    /// A scenario that this program plays.
    case scenario(Scenario)
  }

  /// The variable that tells a consumer command where to connect.
  package static let urlVariable = "WSPACT_URL"

  /// What may be said.
  package var api: APIDescription
  /// The consumer's name in the contract.
  package var consumerName: String
  /// The provider's name in the contract.
  package var providerName: String
  /// Who plays the consumer.
  package var consumer: Consumer
  /// The file of the contract.
  package var output: String
  /// The file in which every frame is written down before it goes on.
  package var journal: String
  /// How long the journal may become, in bytes; 256 MiB.
  ///
  /// All of it is in memory when the contract is made, and nothing before. A connection that would
  /// make it longer is ended, and the capture fails.
  package var maximumJournalBytes = 256 * 1_048_576
  /// Whether the contract is only compared with the file, and nothing is written.
  package var isCheck: Bool
  /// How the contract is made.
  package var distilling: Distiller.Options
  /// How a scenario is played.
  package var player: ScenarioPlayer
  /// Where provider states are set up; `nil` when there is no such endpoint.
  package var states: ProviderStateClient?
  /// How long a consumer command may run; `nil` waits without end.
  package var consumerTimeout: Duration?
  /// How a `wss` provider proves who it is.
  package var tls = ClientTLS()
  /// The HTTP proxy on the way to a provider; `nil`: there is none.
  package var httpProxy: (@Sendable (WebSocketURL) -> HTTPProxy?)?
  /// What the proxy shows to the consumer, which then connects with `wss`; `nil`: it speaks `ws`.
  package var listeningTLS: ServerTLS?
  /// The port that the proxy listens on; 0 takes a free one.
  package var port: Int
  /// Is told each line that a consumer command writes, from any thread.
  package var onConsumerLine: (@Sendable (String) -> Void)?

  /// What has to be said, and the defaults.
  package init(
    api: APIDescription,
    consumerName: String,
    providerName: String,
    consumer: Consumer,
    output: String,
    journal: String? = nil,
    isCheck: Bool = false,
    distilling: Distiller.Options = Distiller.Options(),
    player: ScenarioPlayer = ScenarioPlayer(),
    states: ProviderStateClient? = nil,
    consumerTimeout: Duration? = nil,
    port: Int = 0,
    onConsumerLine: (@Sendable (String) -> Void)? = nil
  ) {
    self.api = api
    self.consumerName = consumerName
    self.providerName = providerName
    self.consumer = consumer
    self.output = output
    self.journal = journal ?? Self.defaultJournal(of: consumerName)
    self.isCheck = isCheck
    self.distilling = distilling
    self.player = player
    self.states = states
    self.consumerTimeout = consumerTimeout
    self.port = port
    self.onConsumerLine = onConsumerLine
  }

  /// Where the journal of a consumer is kept.
  package static func defaultJournal(of consumer: String) -> String {
    let name = String(
      consumer.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }
    )
    return ".wspact/journal/\(name).jsonl"
  }
}
