import ArgumentParser
import AsyncAPI
import Capture
import Contract
import Fuzz
import Session

/// `wspact replay`: plays saved scenarios and says whether they still fail.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Play saved scenarios and say whether they still fail.",
    discussion: """
      wspact replay .wspact/failures/FILE.yml --provider-cmd 'my-server --port 0'
      wspact replay regressions --provider-cmd 'my-server --port 0'

      A folder stands for the scenarios in it. What is FIXED can be kept from coming back: \
      --promote-contract adds the conversation, as the provider now has it, to a contract that 'wspact \
      verify' plays; --promote-scenario puts the scenario into a folder that this command plays.

      Exits with 0 when everything that was found is FIXED, with 1 when something STILL FAILS or \
      something else is found (DRIFTED).
      """
  )

  @Argument(help: ArgumentHelp("The scenarios, or folders of them.", valueName: "scenario"))
  var scenarios: [String]

  @Option(help: ArgumentHelp("The AsyncAPI document, where it has moved.", valueName: "file"))
  var spec: String?

  @Option(help: "The longest time from a request to its first reply, where it is another.")
  var budget: DurationArgument?

  @OptionGroup(title: "Provider")
  var provider: ProviderOptions

  @OptionGroup(title: "Provider")
  var process: ProcessOptions

  @OptionGroup(title: "Report")
  var output: OutputOptions

  @Option(
    help: ArgumentHelp("Write the transcript to this file, as JSON Lines.", valueName: "file")
  )
  var transcript: String?

  @OptionGroup(title: "Keeping what is fixed")
  var promotion: PromotionOptions

  func run() async throws {
    let files = try scenarios.flatMap { try DocumentFiles.scenarioFiles($0) }
    guard transcript == nil || files.count == 1 else {
      throw ValidationError("--transcript is for one scenario; these are \(files.count)")
    }
    let target = try provider.target()
    let session = try provider.sessionOptions()
    var reports: [RunReport] = []
    for file in files {
      let configuration = try configuration(file, target, session)
      let replayer = Replayer(configuration)
      var report = try await replayer.run()
      try promotion.promote(replayer, &report)
      reports.append(report)
    }
    try output.finish(reports.joined(named: scenarios))
  }

  private func configuration(
    _ file: String,
    _ target: ProviderTarget,
    _ session: SessionOptions
  ) throws -> ReplayConfiguration {
    let plan = try DocumentFiles.scenario(file)
    var configuration = ReplayConfiguration(
      scenario: plan,
      file: file,
      api: try (spec ?? plan.origin?.specification).map { path throws(DiagnosticsError) in
        try AsyncAPIDocument.load(path: path)
      },
      target: target
    )
    if let budget {
      configuration.budget = budget.duration
      configuration.scenario.origin?.budget = budget.duration
    }
    configuration.providerProcess = process.providerPid
    if case .url = target, process.providerPid == nil, configuration.needsProcess {
      throw Problem(
        "\(file) is about what the provider's process has in use; name the process with "
          + "--provider-pid, or start it with --provider-cmd"
      )
    }
    configuration.stateURL = provider.stateURL
    configuration.session = session
    configuration.transcriptFile = transcript
    return configuration
  }
}

extension [RunReport] {
  /// One report of all, in their order.
  fileprivate func joined(named names: [String]) -> RunReport {
    guard var whole = first, count > 1 else {
      return first ?? RunReport(command: "replay", subject: names.joined(separator: ", "))
    }
    for report in dropFirst() {
      whole.checks += report.checks
      whole.notes += report.notes
      whole.rules += report.rules.filter { !whole.rules.contains($0) }
      whole.duration += report.duration
    }
    whole.subject = names.joined(separator: ", ")
    whole.seed = nil
    return whole
  }
}
