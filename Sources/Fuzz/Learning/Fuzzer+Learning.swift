import Contract
import Generation
import Session
import WebSocket

extension Fuzzer {
  /// How many numbers a word has for new things.
  private static let numbersOfWord = 256
  /// After how many words the provider is started again, so that what they leave behind does not heap
  /// up.
  private static let usualRestartPeriod = 50
  /// How many changing answers are told of.
  private static let maximumChanges = 5

  /// The rule for a provider that answers otherwise than a model.
  private static let differenceRule = RuleHelp(
    code: "model-differs",
    name: "model-differs",
    summary: "the provider answers every conversation as the model does",
    explanation: """
      The model was learned of another version. The finding is the shortest conversation on which the \
      two differ; learn the model anew with --learn --model when the change is meant.
      """
  )

  /// Learns the machine that one connection shows, and compares it with another one.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be reached any more.
  nonisolated(nonsending) func learn(
    _ learning: LearningConfiguration,
    _ executor: CaseExecutor,
    _ url: WebSocketURL,
    _ baseline: Duration
  ) async throws(SessionError) -> RunReport {
    let alphabet = LearningAlphabet(executor.vocabulary)
    let rival = learning.rival.flatMap { MealyMachine($0) }
    let end = MonotonicTime.now().advanced(by: learning.time)
    let isQuick = executor.host.startTime.map { $0 <= FuzzConfiguration.quickStart } ?? false
    let mayRestart = executor.host.canRestart && isQuick
    var outcome = try await learned(
      learning,
      until: end,
      alphabet,
      rival,
      executor,
      restartPeriod: mayRestart ? Self.usualRestartPeriod : nil
    )
    if outcome.learner.ending == .changing, mayRestart {
      // What other connections left behind changes the answers: each word gets a provider of its own.
      notes += remarks(on: outcome.learner, alphabet)
      notes.append("so each word gets a provider that was just started")
      outcome = try await learned(
        learning,
        until: end,
        alphabet,
        rival,
        executor,
        restartPeriod: 1
      )
    }
    notes += alphabet.notes
    notes += remarks(on: outcome.learner, alphabet)
    let rules = findDifference(of: outcome, from: rival, alphabet, learning)
    var report = RunReport(
      command: "fuzz",
      subject: "\(configuration.api.title) \(configuration.api.version) at \(url)",
      seed: configuration.seed,
      findings: findings,
      statistics: [
        Statistic("letters", Double(alphabet.letters.count)),
        Statistic("states", Double(outcome.machine.steps.count)),
        Statistic("conversations", Double(outcome.learner.queries)),
        Statistic("messages sent", Double(outcome.messages)),
        Statistic("round trip without work", baseline.seconds * 1_000, unit: "ms"),
      ],
      notes: notes,
      duration: begin.duration(to: .now())
    )
    report.rules = rules
    report.machine = outcome.machine.steps.isEmpty ? nil : outcome.machine.stateMachine
    return report
  }

  /// What came of learning.
  private struct Learned {
    var learner: MachineLearner
    var machine: MealyMachine
    var messages: Int
    /// The transcript of the word on which the machine and its rival differ.
    var difference: (word: [Int], transcript: Transcript)?
  }

  /// What is counted while words are asked.
  private final class Tally {
    var words = 0
    var messages = 0
  }

  nonisolated(nonsending) private func learned(
    _ learning: LearningConfiguration,
    until end: MonotonicTime,
    _ alphabet: LearningAlphabet,
    _ rival: MealyMachine?,
    _ executor: CaseExecutor,
    restartPeriod: Int?
  ) async throws(SessionError) -> Learned {
    var limits = MachineLearner.Limits()
    limits.depth = learning.depth
    // Where a provider can be started for each word, that is better than many doubts.
    if let restartPeriod, restartPeriod > 1 { limits.maximumChanges = 3 }
    limits.seed = configuration.seed
    let tally = Tally()
    var executor = executor
    let patience = configuration.patience ?? max(.milliseconds(200), configuration.budget * 2)
    // Things that are made up are new to the provider in every word, and from run to run by the seed.
    let first = Int(configuration.seed % 1_000_000) * 1_000_000
    nonisolated(nonsending) func ask(
      _ word: [Int]
    ) async throws(SessionError) -> (outputs: [String], transcript: Transcript) {
      if let restartPeriod, tally.words > 0, tally.words.isMultiple(of: restartPeriod) {
        _ = try await executor.host.restart()
      }
      let play = try await executor.preparedPlay(ChoiceSource(seed: 0))
      let start = first + tally.words * Self.numbersOfWord
      tally.words += 1
      var player = LearningPlayer(
        play,
        alphabet,
        numbers: start..<start + Self.numbersOfWord,
        patience: patience
      )
      let result = try await player.play(word)
      tally.messages += word.count
      statistics.messages = tally.messages
      statistics.cases = tally.words
      tell(.learning)
      return result
    }
    let learner = MachineLearner(
      letters: alphabet.letters.map(\.name),
      limits: limits,
      isOver: { MonotonicTime.now() >= end || Task.isCancelled },
      query: { (word: [Int]) async throws(SessionError) -> [String] in
        try await ask(word).outputs
      }
    )
    let machine = try await learner.learn(rival: rival)
    var outcome = Learned(learner: learner, machine: machine, messages: tally.messages)
    if let rival, let word = machine.difference(from: rival) {
      outcome.difference = (word, try await ask(word).transcript)
    }
    return outcome
  }

  // MARK: What is told

  private func remarks(on learner: MachineLearner, _ alphabet: LearningAlphabet) -> [String] {
    var remarks: [String] = []
    switch learner.ending {
    case .complete: break
    case .outOfTime:
      remarks.append("the time was over; what was not tried may differ from the drawing")
    case .tooManyStates:
      remarks.append("there are more states than are learned; the drawing is a part")
    case .changing:
      remarks.append("the answers changed too often to learn a machine; the drawing is a part")
    }
    for change in learner.changes.prefix(Self.maximumChanges) {
      let word = change.word.map { alphabet.letters[$0].name }.joined(separator: ", ")
      remarks.append(
        "not always the same answer to: \(word); it was "
          + change.outputs.joined(separator: change.isOutvoted ? ", and once " : " or ")
      )
    }
    return remarks
  }

  private func findDifference(
    of outcome: Learned,
    from rival: MealyMachine?,
    _ alphabet: LearningAlphabet,
    _ learning: LearningConfiguration
  ) -> [RuleHelp] {
    guard let rival else { return [] }
    let machine = outcome.machine
    let own = Set(machine.letters)
    let others = Set(rival.letters)
    for letter in own.symmetricDifference(others).sorted() {
      let place = own.contains(letter) ? "here" : "in \(learning.rivalFile)"
      notes.append("'\(letter)' is only known \(place), so it was not compared")
    }
    guard let (word, transcript) = outcome.difference else { return [] }
    let actual = machine.outputs(of: word)
    let expected = rival.outputs(
      of: word.compactMap { rival.letters.firstIndex(of: machine.letters[$0]) }
    )
    let names = word.map { machine.letters[$0] }
    var finding = Finding(
      rule: Self.differenceRule.name,
      message: "\(names.last ?? "") is answered with \(actual.last ?? "") and not with "
        + "\(expected.last ?? "") as in \(learning.rivalFile)",
      signature: "model-differs \(names.joined(separator: ", "))",
      expected: expected.last,
      actual: actual.last
    )
    finding.details = ["the shortest conversation on which the two differ:"]
    finding.details += zip(names, actual).map { "  \($0) / \($1)" }
    finding.talk = SequenceText.talk(of: transcript)
    var command = FuzzCommandText.text(configuration)
    if learning.depth != LearningConfiguration().depth {
      command += " --learn-depth \(learning.depth)"
    }
    command += " --compare-model \(ReplayCommand.quoted(learning.rivalFile))"
    finding.reproduction = Reproduction(seed: configuration.seed, command: command)
    findings.append(finding)
    return [Self.differenceRule]
  }
}

extension Duration {
  /// The duration in seconds.
  fileprivate var seconds: Double { Double(wholeNanoseconds) / 1e9 }
}
