import ArgumentParser
import Contract
import Fuzz
import Session

/// `wspact fuzz`: sends generated sequences of valid messages and judges what comes back.
struct FuzzCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Send sequences of generated messages and judge what comes back.",
    discussion: """
      wspact fuzz --spec asyncapi.yml --provider-cmd 'my-server --port 0' --seed 7

      The provider must not crash, must answer each request within the budget, and must say only what \
      the document allows. What is found is reproduced, made as small as possible and saved as a \
      scenario for 'wspact replay'. The same seed sends the same messages.

      Exits with 0 when nothing was found, 1 when something was, 2 when the provider cannot be reached.
      """
  )

  @OptionGroup
  var specification: SpecificationOptions

  @OptionGroup(title: "Provider")
  var provider: ProviderOptions

  @OptionGroup(title: "Report")
  var output: OutputOptions

  @Option(help: "Where all chance comes from; without it a new seed is taken and printed.")
  var seed: UInt64?

  @Option(help: "The most messages in a sequence.")
  var maxSteps = 30

  @Option(help: "The most connections in a sequence.")
  var connections = 3

  @Option(help: "How many sequences to send.")
  var cases: Int?

  @Option(help: "How long to go on (default: 30s, unless --cases is given).")
  var time: DurationArgument?

  @Option(help: "The longest time from a request to its first reply.")
  var budget = DurationArgument(.milliseconds(100))

  @Option(help: "Stop after so many findings.")
  var maxFailures = 5

  @Option(help: ArgumentHelp("Where failing sequences are saved.", valueName: "folder"))
  var failures = ".wspact/failures"

  @Option(
    name: .customLong("state"),
    help: ArgumentHelp(
      "A provider state to set up first; may be repeated.",
      valueName: "name"
    )
  )
  var states: [String] = []

  @Option(help: ArgumentHelp("Add the provider's output to this file.", valueName: "file"))
  var providerLog: String?

  func validate() throws {
    for (name, value) in [
      ("--max-steps", maxSteps), ("--connections", connections),
      ("--cases", cases ?? 1), ("--max-failures", maxFailures),
    ] where value < 1 {
      throw ValidationError("\(name) is \(value); it has to be at least 1")
    }
  }

  func run() async throws {
    var configuration = FuzzConfiguration(
      api: try specification.load(),
      target: try provider.target(),
      seed: seed ?? .random(in: 1...999_999)
    )
    configuration.maximumSteps = maxSteps
    configuration.maximumConnections = connections
    configuration.cases = cases
    configuration.time = time?.duration
    configuration.budget = budget.duration
    configuration.maximumFindings = maxFailures
    configuration.failuresDirectory = failures
    configuration.stateURL = provider.stateURL
    configuration.given = states.map { ProviderState(name: $0) }
    configuration.session = try provider.sessionOptions()
    configuration.providerLog = providerLog
    let fuzzer = Fuzzer(configuration) { Terminal.showProgress($0.line) }
    let report = try await fuzzer.run()
    Terminal.endProgress()
    try output.finish(report)
  }
}

extension FuzzProgress {
  /// The progress in a line that fits a terminal.
  fileprivate var line: String {
    let doing =
      switch activity {
      case .fuzzing: ""
      case .confirming(let signature): ", trying \(signature) again"
      case .shrinking(let signature, let executions):
        ", making \(signature) smaller (\(executions) plays)"
      }
    return "\(elapsed.components.seconds) s, \(cases) cases, \(messages) messages "
      + "(\(Int(messagesPerSecond))/s), \(findings) found\(doing)"
  }
}
