import ArgumentParser
import Contract
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

  @Option(help: "How long a reply may take to come at all.")
  var timeout = DurationArgument(.seconds(5))

  @Flag(help: "Succeed when there is nothing to verify.")
  var allowEmpty = false

  func run() async throws {
    let sources = try load()
    var configuration = VerifyConfiguration(
      replyTimeout: timeout.duration,
      session: try provider.sessionOptions(),
      filter: filter
    )
    if Verifier(configuration).selectionCount(in: sources) == 0, !allowEmpty {
      throw Problem("nothing was verified: \(emptiness(of: sources)); --allow-empty accepts that")
    }
    let report = try await RunningProvider.run(try provider.target()) { running in
      configuration.states = provider.states(of: running)
      return try await Verifier(configuration).verify(
        sources,
        provider: running.url,
        process: running.process
      )
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
    return count == 0
      ? "the contracts have no interaction"
      : "none of the \(count) interactions has a description that contains '\(filter)'"
  }
}
