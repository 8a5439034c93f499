import ArgumentParser
import Capture
import Contract
import Reporting
import Session

/// `wspact capture`: records a consumer's conversation with a provider into a contract.
struct CaptureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Record what a consumer says and hears into a Pact V4 contract.",
    discussion: """
      wspact capture --spec asyncapi.yml --consumer web --provider chat --upstream ws://127.0.0.1:8000/ws \
      --output contracts/web.json -- npm test

      A proxy stands between both; the command finds its address in WSPACT_URL. Every frame is in the \
      journal before it goes on. The contract is replaced as a whole, and only when the consumer ended \
      well and the document allows everything that was said.

      Exits with 0 when the contract was written or is up to date, 1 when the traffic breaks the document \
      or --check finds the contract out of date, 2 when nothing could be recorded.
      """
  )

  @OptionGroup
  var specification: SpecificationOptions

  @Option(help: "The consumer's name in the contract.")
  var consumer: String

  @Option(help: "The provider's name in the contract.")
  var provider: String

  @Option(help: ArgumentHelp("The contract to write.", valueName: "file"))
  var output: String

  @OptionGroup(title: "Provider")
  var upstream: ProviderOptions

  @Flag(help: "Let the document's examples answer instead of a provider.")
  var mock = false

  @Option(
    help: ArgumentHelp(
      "Play the consumer from this scenario instead of a command.",
      valueName: "file"
    )
  )
  var scenario: String?

  @Flag(
    help: "Write nothing; exit with 1 and show the difference when the contract is out of date."
  )
  var check = false

  @Flag(help: "Drop interactions of the old contract that were not seen this time.")
  var prune = false

  @Option(
    name: .customLong("state"),
    help: ArgumentHelp(
      "A provider state that all interactions stand on; may be repeated.",
      valueName: "name"
    )
  )
  var states: [String] = []

  @Option(help: ArgumentHelp("Where frames are written down as they pass.", valueName: "file"))
  var journal: String?

  @Option(help: "The port that the consumer connects to; 0 takes a free one.")
  var port = 0

  @Option(help: "How long the consumer's command may run (default: without end).")
  var timeout: DurationArgument?

  @Option(help: "The form of the report.")
  var format = ReportFormat.text

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("The consumer, after '--'; it connects to WSPACT_URL.", valueName: "command")
  )
  var command: [String] = []

  func validate() throws {
    guard command.isEmpty != (scenario == nil) else {
      throw ValidationError(
        "name one consumer: a command after '--', or a scenario with --scenario"
      )
    }
    guard !mock || (upstream.providerURL == nil && upstream.providerCmd == nil) else {
      throw ValidationError(
        "--mock stands in for the provider; leave --upstream and --provider-cmd out"
      )
    }
    guard !upstream.transport.speaksForClient else {
      throw ValidationError(
        "--bearer, --basic, --compression and --unix-socket are the consumer's to say; capture"
          + " passes its opening request on"
      )
    }
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is \(port); a port is a number from 0 to 65535")
    }
  }

  func run() async throws {
    let api = try specification.load()
    var configuration = CaptureConfiguration(
      api: api,
      consumerName: consumer,
      providerName: provider,
      consumer: try scenario.map { .scenario(try DocumentFiles.scenario($0)) } ?? .command(command),
      output: output,
      journal: journal,
      isCheck: check
    )
    configuration.distilling.providerStates = states.map { ProviderState(name: $0) }
    configuration.distilling.dropsUnseen = prune
    configuration.consumerTimeout = timeout?.duration
    configuration.port = port
    configuration.tls = upstream.transport.tls
    configuration.onConsumerLine = { Terminal.complain("  | \($0)") }
    let report = try await record(configuration)
    Terminal.say(report.rendered(as: format, usesColour: Terminal.usesColour))
    if !report.isClean { throw ExitStatus.findings }
  }

  private func record(_ configuration: CaptureConfiguration) async throws -> RunReport {
    if mock { return try await Capturer(configuration).capture(from: .examples) }
    return try await RunningProvider.run(try upstream.target()) { running in
      var configuration = configuration
      configuration.states = upstream.states(of: running)
      return try await Capturer(configuration).capture(from: .provider(running.url))
    }
  }
}
