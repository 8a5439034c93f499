import ArgumentParser
import AsyncAPI
import Contract
import JSONSchema
import Pact
import Session
import Verify

/// `wspact verify`: replays contracts against a running provider.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Replay contracts against a running provider.",
    discussion: """
      wspact verify contracts/ --provider-url ws://127.0.0.1:8000/ws
      wspact verify contracts/frontend-v1.json --provider-cmd 'my-server --port 0'

      Exits with 0 when every interaction matches, with 1 when one does not, and with 2 when the \
      provider cannot be reached, dies half-way, or there is nothing to verify.
      """
  )

  @Argument(help: "Contract files, or folders that hold them.")
  var contracts: [String]

  @OptionGroup(title: "Provider")
  var provider: ProviderOptions

  @OptionGroup(title: "Report")
  var output: OutputOptions

  @Option(help: "Verify only interactions whose description contains this text.")
  var filter = ""

  @Option(
    help: ArgumentHelp(
      "Verify only interactions in whose description this expression finds something.",
      valueName: "pattern"
    )
  )
  var description: String?

  @Option(
    help: ArgumentHelp(
      "Verify only interactions with a provider state in whose name this finds something.",
      valueName: "pattern"
    )
  )
  var state: String?

  @Flag(help: "Verify only interactions without a provider state.")
  var noState = false

  @Option(
    name: .customLong("consumer"),
    help: ArgumentHelp(
      "Verify only the contracts of this consumer; may be repeated.",
      valueName: "name"
    )
  )
  var consumers: [String] = []

  @Flag(
    help: ArgumentHelp(
      "Verify only what failed last time (\(LastFailures.file) has it); everything if nothing did."
    )
  )
  var lastFailed = false

  @Option(help: "The longest time to the first reply, where the contract does not say.")
  var budget = DurationArgument(.milliseconds(100))

  @Option(help: "How many conversations are played at once, where they stand on no provider state.")
  var jobs = 1

  @Option(
    help: ArgumentHelp(
      "Say which messages and operations of this AsyncAPI document no contract touches.",
      valueName: "file"
    )
  )
  var spec: String?

  @Option(
    help: ArgumentHelp(
      "Fail when the contracts touch less of the document than this.",
      valueName: "percent"
    )
  )
  var minCoverage: Double?

  @Option(help: "How long a reply may take to come at all.")
  var timeout = DurationArgument(.seconds(5))

  @Option(help: "What generated values of requests depend on (default: another one each time).")
  var seed: UInt64?

  @OptionGroup(title: "Provider states")
  var states: StateOptions

  @Flag(help: "Succeed when there is nothing to verify.")
  var allowEmpty = false

  func validate() throws {
    guard states.stateCmd == nil || provider.stateURL == nil else {
      throw ValidationError("--state-cmd and --state-url exclude each other")
    }
    guard (1...1_000).contains(jobs) else {
      throw ValidationError("--jobs is \(jobs); it is a number from 1 to 1000")
    }
    guard minCoverage == nil || spec != nil else {
      throw ValidationError("--min-coverage needs the document: --spec")
    }
    if let minCoverage, !(0...100).contains(minCoverage) {
      throw ValidationError("--min-coverage is \(minCoverage); it is a percentage from 0 to 100")
    }
    guard state == nil || !noState else {
      throw ValidationError("--state and --no-state exclude each other")
    }
    _ = try selection()
  }

  private func selection() throws -> InteractionSelection {
    InteractionSelection(
      text: filter,
      pattern: try pattern(description, of: "--description"),
      state: try pattern(state, of: "--state"),
      isStateless: noState,
      consumers: consumers
    )
  }

  private func pattern(_ text: String?, of option: String) throws -> ECMAPattern? {
    guard let text else { return nil }
    do {
      return try ECMAPattern(text)
    } catch {
      throw ValidationError("\(option) '\(text)' is no regular expression: \(error.reason)")
    }
  }

  func run() async throws {
    let sources = try load()
    let failures = try LastFailures.read()
    var configuration = VerifyConfiguration(
      replyTimeout: timeout.duration,
      session: try provider.sessionOptions(),
      selection: try selection(),
      jobs: jobs,
      budget: budget.duration,
      seed: seed ?? UInt64.random(in: 0...UInt64(UInt32.max)),
      values: try states.stateValues()
    )
    if lastFailed, !failures.interactions.isEmpty {
      configuration.selection.failed = failures.interactions
    } else if lastFailed {
      Terminal.complain("nothing failed last time; everything is verified")
    }
    if Verifier(configuration).selectionCount(in: sources) == 0, !allowEmpty {
      throw Problem("nothing was verified: \(emptiness(of: sources)); --allow-empty accepts that")
    }
    let api = try spec.map { try AsyncAPIDocument.read(path: $0).api }
    var report = try await RunningProvider.run(try provider.target()) { running in
      configuration.states = states.client(of: running, provider)
      return try await Verifier(configuration).verify(
        sources,
        provider: running.url,
        process: running.process
      )
    }
    try failures.after(report).write(insteadOf: failures)
    if let api {
      // What is in the contracts counts, whatever part of them was selected.
      let interactions = sources.flatMap(\.contract.interactions)
      ContractCoverage(of: interactions, in: api).add(to: &report, minimum: minCoverage)
    }
    try output.finish(report)
  }

  /// Reads every contract before the first one is verified, so that all problems are told at once.
  private func load() throws -> [Verifier.Source] {
    var problems: [Diagnostic] = []
    var sources: [Verifier.Source] = []
    for file in try ContractSelection.files(contracts) {
      do {
        let read = try DocumentFiles.contract(file)
        sources.append(Verifier.Source(name: file, contract: read.pact))
        for warning in read.diagnostics { Terminal.complain("\(warning)") }
      } catch {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return sources
  }

  private func emptiness(of sources: [Verifier.Source]) -> String {
    if sources.isEmpty { return "there is no contract in \(contracts.joined(separator: ", "))" }
    let count = sources.flatMap(\.contract.interactions).count
    guard count > 0 else { return "the contracts have no interaction" }
    let words = (try? selection().words) ?? nil
    return "none of the \(count) interactions has \(words ?? "what was asked for")"
  }
}
