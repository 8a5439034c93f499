import Contract

/// The command line that finds something again that was not saved: the seed, and everything else that
/// decides what is sent.
enum FuzzCommandText {
  /// The command for a run.
  static func text(_ configuration: FuzzConfiguration) -> String {
    let usual = FuzzConfiguration(
      api: configuration.api,
      target: configuration.target,
      seed: configuration.seed
    )
    var words = ["wspact", "fuzz", "--spec", ReplayCommand.quoted(configuration.api.file)]
    words += ["--seed", "\(configuration.seed)"]
    if configuration.phases != usual.phases {
      let names = FuzzPhase.allCases.filter(configuration.phases.contains).map(\.rawValue)
      words += ["--phases", names.joined(separator: ",")]
    }
    if configuration.mode != usual.mode { words += ["--mode", configuration.mode.rawValue] }
    if configuration.tempo != usual.tempo { words += ["--tempo", configuration.tempo.rawValue] }
    if configuration.maximumSteps != usual.maximumSteps {
      words += ["--max-steps", "\(configuration.maximumSteps)"]
    }
    if configuration.maximumConnections != usual.maximumConnections {
      words += ["--connections", "\(configuration.maximumConnections)"]
    }
    if configuration.usesCorpus, let folder = configuration.corpusDirectory {
      words += ["--corpus", ReplayCommand.quoted(folder)]
    }
    var origins: [String] = []
    for seed in configuration.seeds where !origins.contains(seed.origin) {
      origins.append(seed.origin)
      words += ["--seed-from", ReplayCommand.quoted(seed.origin)]
    }
    if configuration.budget != usual.budget {
      words += ["--budget", DurationText.text(of: configuration.budget)]
    }
    words += configuration.given.flatMap { ["--state", ReplayCommand.quoted($0.name)] }
    return (words + ReplayCommand.provider(configuration.target)).joined(separator: " ")
  }
}
