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

  @OptionGroup(title: "Provider")
  var process: ProcessOptions

  @OptionGroup(title: "Report")
  var output: OutputOptions

  @Option(help: "Where all chance comes from; without it a new seed is taken and printed.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Where messages come from: examples, coverage (boundaries of each keyword), random.",
      valueName: "phase,..."
    )
  )
  var phases = PhaseArguments()

  @Flag(help: "Print the seed before anything is sent, to standard error.")
  var printSeed = false

  @Option(
    help: ArgumentHelp(
      "Which messages: valid, invalid (also texts and frames that are none), all.",
      valueName: "mode"
    )
  )
  var mode = FuzzMode.all

  @Option(
    help: ArgumentHelp(
      "Whether clients wait for answers: patient (mostly), bursts (hardly ever), mixed.",
      valueName: "tempo"
    )
  )
  var tempo = FuzzTempo.mixed

  @Option(help: "The most messages in a sequence.")
  var maxSteps = 30

  @Option(help: "The most connections in a sequence.")
  var connections = 3

  @Option(help: "How many sequences are under way at a time, all with one provider.")
  var jobs = 1

  @Option(help: "Send at most so many messages a second, over all connections.")
  var rate: Int?

  @Option(
    help: ArgumentHelp(
      "Start the provider again after so many sequences; 0 never. Without it: after 100, when a start "
        + "takes no more than 250 ms.",
      valueName: "count"
    )
  )
  var restartEvery: Int?

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
    help: ArgumentHelp(
      "Where beginnings of sequences that led somewhere new are kept. They are gone on from when this "
        + "is given, or when --seed is not. (default: .wspact/corpus)",
      valueName: "folder"
    )
  )
  var corpus: String?

  @Option(
    help: ArgumentHelp(
      "Begin with the conversations of a contract, of a folder of contracts, or of a transcript "
        + "(.jsonl); may be repeated.",
      valueName: "file"
    )
  )
  var seedFrom: [String] = []

  @Option(
    help: ArgumentHelp(
      "Draw the learned state machine into this file, as Mermaid.",
      valueName: "file"
    )
  )
  var machine: String?

  @Flag(
    help: "Learn the state machine that a connection shows, by asking; nothing else is done."
  )
  var learn = false

  @Option(help: "How many messages are tried behind each known step while learning.")
  var learnDepth = 1

  @Option(
    help: ArgumentHelp(
      "Write the learned machine into this file, as JSON; with --learn.",
      valueName: "file"
    )
  )
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Learn the machine, and compare it with the one that --model wrote: the shortest conversation on "
        + "which they differ is a finding.",
      valueName: "file"
    )
  )
  var compareModel: String?

  @Option(
    help: ArgumentHelp(
      "A file with the signatures of findings that are accepted, a line each.",
      valueName: "file"
    )
  )
  var baseline: String?

  @Flag(help: "Add what is found to the baseline, and end with 0.")
  var updateBaseline = false

  @Option(
    name: .customLong("state"),
    help: ArgumentHelp(
      "A provider state to set up first; may be repeated.",
      valueName: "name"
    )
  )
  var states: [String] = []

  @Flag(
    inversion: .prefixedNo,
    help: "Ask for each operation in rounds that are all alike, to see what grows with use."
  )
  var rounds = true

  @Option(help: ArgumentHelp("Add the provider's output to this file.", valueName: "file"))
  var providerLog: String?

  @Flag(help: "Print the sequences without sending them; no provider is needed.")
  var dryRun = false

  func validate() throws {
    for (name, value) in [
      ("--max-steps", maxSteps), ("--connections", connections), ("--jobs", jobs),
      ("--cases", cases ?? 1), ("--max-failures", maxFailures), ("--rate", rate ?? 1),
    ] where value < 1 {
      throw ValidationError("\(name) is \(value); it has to be at least 1")
    }
    guard learnDepth >= 0 else {
      throw ValidationError("--learn-depth is \(learnDepth); it has to be at least 0")
    }
    guard model == nil || learn || compareModel != nil else {
      throw ValidationError("--model needs --learn, which learns what is written into the file")
    }
    guard baseline != nil || !updateBaseline else {
      throw ValidationError("--update-baseline needs --baseline, which names the file")
    }
  }

  func run() async throws {
    let usesCorpus = corpus != nil || seed == nil
    let seed = seed ?? .random(in: 1...999_999)
    guard !dryRun else { return try showSequences(seed) }
    if printSeed { Terminal.complain("seed \(seed)") }
    var configuration = FuzzConfiguration(
      api: try specification.load(),
      target: try provider.target(),
      seed: seed
    )
    configuration.phases = phases.phases
    configuration.seeds = try SeedSources.read(seedFrom)
    configuration.mode = mode
    configuration.tempo = tempo
    configuration.maximumSteps = maxSteps
    configuration.maximumConnections = connections
    configuration.corpusDirectory = corpus ?? ".wspact/corpus"
    configuration.usesCorpus = usesCorpus
    configuration.jobs = jobs
    configuration.restartPeriod = restartEvery
    configuration.playsRounds = rounds
    configuration.providerProcess = process.providerPid
    configuration.cases = cases
    configuration.time = time?.duration
    configuration.budget = budget.duration
    configuration.maximumFindings = maxFailures
    configuration.failuresDirectory = failures
    configuration.stateURL = provider.stateURL
    configuration.given = states.map { ProviderState(name: $0) }
    configuration.session = try provider.sessionOptions()
    configuration.session.pace = rate.map { SendingPace(messagesPerSecond: $0) }
    configuration.providerLog = providerLog
    let accepted = try baseline.map {
      try AcceptedFindings(reading: $0, mayBeMissing: updateBaseline)
    }
    configuration.accepted = accepted?.signatures ?? []
    configuration.learning = try learning()
    let fuzzer = Fuzzer(configuration) { Terminal.showProgress($0.line) }
    let report = try await fuzzer.run()
    Terminal.endProgress()
    if let machine, let learned = report.machine {
      try WholeFile.write([UInt8](learned.mermaid.utf8), to: machine)
    }
    if let model, let learned = report.machine {
      try WholeFile.write(
        [UInt8](ModelFile.text(learned, title: configuration.api.title).utf8),
        to: model
      )
    }
    guard updateBaseline, let accepted else { return try output.finish(report) }
    try output.write(report)
    let count = try accepted.write(adding: report.findings)
    Terminal.complain("added to \(accepted.file): \(count)")
  }

  /// How a machine is learned; `nil` where none is.
  ///
  /// - Throws: ``Problem`` for a model that cannot be read.
  private func learning() throws -> LearningConfiguration? {
    guard learn || compareModel != nil else { return nil }
    var learning = LearningConfiguration()
    learning.depth = learnDepth
    if let time { learning.time = time.duration }
    guard let compareModel else { return learning }
    guard let bytes = DocumentFiles.bytes(compareModel) else {
      throw Problem("cannot read '\(compareModel)'; --learn --model makes such a file")
    }
    guard let machine = ModelFile.machine(bytes) else {
      throw Problem("'\(compareModel)' holds no model as --learn --model writes it")
    }
    learning.rival = machine
    learning.rivalFile = compareModel
    return learning
  }

  private func showSequences(_ seed: UInt64) throws {
    var run = try DryRun(
      try specification.load(),
      seed: seed,
      phases: phases.phases,
      mode: mode,
      tempo: tempo,
      maximumSteps: maxSteps,
      maximumConnections: connections
    )
    for note in run.notes { Terminal.complain(note) }
    Terminal.complain("seed \(seed)")
    for _ in 0..<(cases ?? DryRun.defaultCases) {
      guard let lines = run.next() else { break }
      Terminal.say(lines.map { $0 + "\n" }.joined())
    }
  }
}

extension FuzzProgress {
  /// The progress in a line that fits a terminal.
  fileprivate var line: String {
    let doing =
      switch activity {
      case .fuzzing: ""
      case .learning: ", learning"
      case .confirming(let signature): ", trying \(signature) again"
      case .shrinking(let signature, let executions):
        ", making \(signature) smaller (\(executions) plays)"
      }
    let phase = phase.map { "\($0.rawValue), " } ?? ""
    return "\(phase)\(elapsed.components.seconds) s, \(cases) cases, \(messages) messages "
      + "(\(Int(messagesPerSecond))/s), \(states) states, "
      + "\(operations) of \(operationCount) operations, \(findings) found\(doing)"
  }
}
