import ArgumentParser
import AsyncAPI
import Contract
import Fuzz
import Session

/// `wspact replay`: plays a saved scenario and says whether it still fails.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Play a saved scenario and say whether it still fails.",
    discussion: """
      wspact replay .wspact/failures/FILE.yml --provider-cmd 'my-server --port 0'

      Exits with 0 when what was found is FIXED, with 1 when it STILL FAILS or something else is found \
      (DRIFTED).
      """
  )

  @Argument(help: "The scenario.")
  var scenario: String

  @Option(help: ArgumentHelp("The AsyncAPI document, where it has moved.", valueName: "file"))
  var spec: String?

  @Option(help: "The longest time from a request to its first reply, where it is another.")
  var budget: DurationArgument?

  @OptionGroup(title: "Provider")
  var provider: ProviderOptions

  @OptionGroup(title: "Report")
  var output: OutputOptions

  @Option(
    help: ArgumentHelp("Write the transcript to this file, as JSON Lines.", valueName: "file")
  )
  var transcript: String?

  func run() async throws {
    let plan = try DocumentFiles.scenario(scenario)
    var configuration = ReplayConfiguration(
      scenario: plan,
      file: scenario,
      api: try (spec ?? plan.origin?.specification).map { path throws(DiagnosticsError) in
        try AsyncAPIDocument.load(path: path)
      },
      target: try provider.target()
    )
    if let budget {
      configuration.budget = budget.duration
      configuration.scenario.origin?.budget = budget.duration
    }
    configuration.stateURL = provider.stateURL
    configuration.session = try provider.sessionOptions()
    configuration.transcriptFile = transcript
    try output.finish(try await Replayer(configuration).run())
  }
}
