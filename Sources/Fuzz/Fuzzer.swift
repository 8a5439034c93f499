package import Contract
import Generation
import Session
import WebSocket

/// Throws sequences of generated messages at a provider and reports what it does wrong.
///
/// Nothing is reported that was not tried again. What comes again is made as small as possible and
/// saved as a scenario.
package final class Fuzzer {
  /// How often progress is told, at most.
  static let progressPeriod: Duration = .milliseconds(100)

  /// How often a late reply is tried again that never comes again.
  static let maximumDismissals = 5

  /// How many cases are tried again because of a finding that never comes again.
  static let maximumDoubts = 10

  /// How often a finding has to be seen in vain before the cases before it are tried too.
  static let patienceWithDoubts = 4

  /// What is fuzzed, and how far.
  package let configuration: FuzzConfiguration
  /// What was counted so far.
  package internal(set) var statistics = FuzzStatistics()
  let progress: ((FuzzProgress) -> Void)?
  var findings: [Finding] = []
  var known: Set<String>
  /// The accepted findings that came up.
  var acceptedSeen: Set<String> = []
  /// Findings that did not come again so far, by signature.
  var doubts: [String: Doubt] = [:]
  /// How often late replies did not come again, by signature.
  var dismissals: [String: Int] = [:]
  /// The codes of the findings that came again, and what was said in the least sequence of each.
  var faults: [(code: String, said: [String])] = []
  /// What the provider was seen doing.
  var behaviour = Behaviour()
  /// Beginnings of cases that led somewhere new.
  var corpus = Corpus()
  /// The places of keywords that were worked out already, by the names of messages.
  var keywordPlaces: [String: KeywordPlaces] = [:]
  /// The phase of the last case, and how many states were reached by then.
  var reach: (phase: FuzzPhase, states: Int)?
  var notes: [String] = []
  /// How far the rounds that show growth have come.
  var rounds = RoundProgress()
  /// The cases since the provider was started, the newest last.
  var history: [ChoiceLog] = []
  /// The process that they were played on.
  var historyProcess: Int32?
  var begin = MonotonicTime.now()
  var lastProgress = MonotonicTime(nanoseconds: 0)

  /// Takes what to fuzz.
  ///
  /// - Parameters:
  ///   - configuration: What to fuzz, and how far.
  ///   - progress: Is told now and then how far the run has come.
  package init(_ configuration: FuzzConfiguration, progress: ((FuzzProgress) -> Void)? = nil) {
    self.configuration = configuration
    self.progress = progress
    known = configuration.accepted
  }

  /// Runs until the cases or the time are over, or there are enough findings.
  ///
  /// - Returns: What was found and counted.
  /// - Throws: ``FuzzError`` when there is nothing to say or no provider to say it to.
  nonisolated(nonsending) package func run() async throws(FuzzError) -> RunReport {
    let index = APIIndex(configuration.api)
    let vocabulary = try Vocabulary(
      index,
      mode: configuration.mode,
      tempo: configuration.tempo,
      isCompressed: configuration.session.compression != nil
    )
    notes += vocabulary.notes
    let host = ProviderHost(configuration.target, logFile: configuration.providerLog)
    // What is said and what is heard need not change threads on the loop of the connections.
    let loop = configuration.session.loop ?? .next()
    let outcome = await withTaskExecutorPreference(loop.executor) {
      await self.outcome(index, vocabulary, host, loop)
    }
    await host.stop()
    return try outcome.get()
  }

  nonisolated(nonsending) private func outcome(
    _ index: APIIndex,
    _ vocabulary: Vocabulary,
    _ host: ProviderHost,
    _ loop: ClientLoop
  ) async -> Result<RunReport, FuzzError> {
    var session = configuration.session
    session.loop = loop
    if session.stallDetector == nil { session.stallDetector = StallDetector() }
    var executor = CaseExecutor(
      index: index,
      vocabulary: vocabulary,
      host: host,
      configuration: configuration,
      session: session
    )
    do throws(FuzzError) {
      begin = .now()
      let url = try await providing { () throws(SessionError) in try await executor.provider() }
      let baseline = try await Baseline.measure(url, session, vocabulary)
      executor.options.limits.baseline = baseline
      executor.options.answersPings = baseline > .zero
      if let learning = configuration.learning {
        let executor = executor
        let report = try await providing { () throws(SessionError) in
          try await learn(learning, executor, url, baseline)
        }
        return .success(report)
      }
      let corpusFile = configuration.corpusDirectory.map {
        CorpusFile(folder: $0, api: configuration.api)
      }
      let earlier = corpusFile.map(readCorpus) ?? []
      try await providing { () throws(SessionError) in
        try await fuzz(&executor)
        try await settleDoubts(&executor)
      }
      if let corpusFile { keepCorpus(corpusFile, earlier) }
      return .success(report(vocabulary, url, baseline, host))
    } catch {
      return .failure(error)
    }
  }

  /// Takes what earlier runs found.
  private func readCorpus(_ file: CorpusFile) -> [Corpus.Entry] {
    let (entries, note) = file.read()
    if let note { notes.append(note) }
    if configuration.usesCorpus, !entries.isEmpty {
      corpus.add(entries)
      notes.append(
        "goes on from \(entries.count) beginnings in \(file.path); --seed \(configuration.seed) alone "
          + "sends other messages, with --corpus the same"
      )
    }
    return entries
  }

  /// Keeps what this run found, with what earlier ones did.
  private func keepCorpus(_ file: CorpusFile, _ earlier: [Corpus.Entry]) {
    do throws(SessionError) {
      try file.write(earlier + corpus.entries.filter { $0.number > 0 })
    } catch {
      notes.append("\(error)")
    }
  }

  nonisolated(nonsending) private func providing<Value>(
    _ body: nonisolated(nonsending) () async throws(SessionError) -> Value
  ) async throws(FuzzError) -> Value {
    do {
      return try await body()
    } catch {
      throw .provider(error)
    }
  }
}
