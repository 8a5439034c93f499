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

  /// What is fuzzed, and how far.
  package let configuration: FuzzConfiguration
  /// What was counted so far.
  package private(set) var statistics = FuzzStatistics()
  private let progress: ((FuzzProgress) -> Void)?
  private var findings: [Finding] = []
  private var known: Set<String>
  /// The accepted findings that came up.
  private var acceptedSeen: Set<String> = []
  /// How often late replies did not come again, by signature.
  private var dismissals: [String: Int] = [:]
  private var notes: [String] = []
  /// The cases since the provider was started, the newest last.
  private var history: [ChoiceLog] = []
  private var begin = MonotonicTime.now()
  private var lastProgress = MonotonicTime(nanoseconds: 0)

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
    let vocabulary = try Vocabulary(index)
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
      try await providing { () throws(SessionError) in try await fuzz(&executor) }
      return .success(report(vocabulary, url, baseline, host))
    } catch {
      return .failure(error)
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

// MARK: - Cases

extension Fuzzer {
  nonisolated(nonsending) private func fuzz(
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    let hasLimit = configuration.cases != nil || configuration.time != nil
    let time = hasLimit ? configuration.time : FuzzConfiguration.defaultTime
    let end = time.map { begin.advanced(by: $0) }
    var last: CaseRun?
    var number = 0
    // A case that is to be played once more.
    var again: CaseSchedule.Case?
    var schedule = CaseSchedule(
      executor.vocabulary,
      CaseLimits(
        seed: configuration.seed,
        phases: configuration.phases,
        maximumSteps: configuration.maximumSteps,
        maximumConnections: configuration.maximumConnections
      )
    )
    while configuration.cases.map({ number < $0 }) ?? true {
      guard end.map({ MonotonicTime.now() < $0 }) ?? true,
        findings.count < configuration.maximumFindings, !Task.isCancelled
      else { break }
      if let blamed = lateExit(of: last, executor.host) {
        // The process went on for a moment after the case that brought it down.
        last = nil
        if try await judge(blamed, caseNumber: number, &executor) { break }
        continue
      }
      guard let planned = again ?? schedule.next() else { break }
      again = nil
      number = planned.number
      let started = MonotonicTime.now()
      executor.options.known = known
      var run = try await executor.play(planned.source)
      if run.didNotOpen, let before = last {
        // The case before is to blame: after it no connection was accepted.
        run = blame(before, for: run)
        again = planned
        number -= 1
      } else {
        statistics.add(run, phase: planned.phase)
      }
      statistics.fuzzingTime += started.duration(to: .now())
      tell(.fuzzing)
      let isGone = try await judge(run, caseNumber: number, &executor)
      if isGone { break }
      history.append(run.log)
      if history.count > configuration.maximumHistory { history.removeFirst() }
      last = run
    }
  }

  /// The run of a case after which the process has ended; `nil` when it has not, or that is known.
  private func lateExit(of last: CaseRun?, _ host: ProviderHost) -> CaseRun? {
    guard var blamed = last, blamed.evidence.exit == nil, let status = host.exitStatus else {
      return nil
    }
    blamed.append(.providerExited(code: status.code, signal: status.signal))
    blamed.lastOutput = host.lastOutput
    return blamed
  }

  /// The run of a case with what happened when the next one wanted to connect.
  private func blame(_ before: CaseRun, for run: CaseRun) -> CaseRun {
    var blamed = before
    for event in run.transcript.events {
      switch event.kind {
      case .refused, .providerExited: blamed.append(event.kind, connection: event.connection)
      default: break
      }
    }
    blamed.lastOutput = run.lastOutput
    return blamed
  }

  /// Investigates what is new in a run.
  ///
  /// - Returns: Whether the provider is gone for good.
  nonisolated(nonsending) private func judge(
    _ run: CaseRun,
    caseNumber: Int,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Bool {
    let seen = run.findings
    acceptedSeen.formUnion(configuration.accepted.intersection(seen.map(\.signature)))
    let new = seen.filter { !known.contains($0.signature) }
    guard !new.isEmpty else {
      return try await leave(run, &executor)
    }
    for finding in new where findings.count < configuration.maximumFindings {
      known.insert(finding.signature)
      if executor.host.canRestart {
        try await investigate(finding, in: run, caseNumber: caseNumber, &executor)
      } else if try await isThere(executor) {
        try await investigate(finding, in: run, caseNumber: caseNumber, &executor)
      } else {
        var finding = finding
        finding.effort = effortUntilNow()
        keep(finding, of: run, caseNumber: caseNumber, Confirmation(), before: [])
        notes.append(
          "the provider at \(configuration.target.text) is gone; start it with --provider-cmd to "
            + "have findings tried again and made smaller"
        )
        return true
      }
    }
    history = []
    return false
  }

  /// Whether a provider that was not started here still accepts connections after a known finding.
  nonisolated(nonsending) private func leave(
    _ run: CaseRun,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Bool {
    if run.evidence.exit != nil { history = [] }
    guard run.didNotOpen, !executor.host.canRestart else { return false }
    notes.append("the provider at \(configuration.target.text) is gone")
    return true
  }

  nonisolated(nonsending) private func isThere(
    _ executor: CaseExecutor
  ) async throws(SessionError) -> Bool {
    let url = try await executor.host.url()
    do {
      _ = try await Baseline.measure(url, executor.options.session, executor.vocabulary)
      return true
    } catch {
      return false
    }
  }
}

// MARK: - Findings

extension Fuzzer {
  nonisolated(nonsending) private func investigate(
    _ finding: Finding,
    in run: CaseRun,
    caseNumber: Int,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    var effort = effortUntilNow()
    let investigator = Investigator(
      configuration: configuration,
      replyTimes: statistics.replyTimes
    ) { self.tell($0) }
    // What is known goes on being tolerated, but not what is looked for.
    executor.options.known = known.subtracting([finding.signature])
    let result = try await investigator.investigate(
      finding,
      in: run,
      history: history,
      &executor
    )
    statistics.replays += result.replays
    let isLate = finding.code == LateReplyJudge.rule.code
    if isLate, !result.confirmation.isConfirmed {
      // A time is no fact about the provider unless it comes again.
      statistics.dismissed += 1
      dismissals[finding.signature, default: 0] += 1
      if dismissals[finding.signature, default: 0] < Self.maximumDismissals {
        known.remove(finding.signature)
      }
      return
    }
    var shown = result.run.findings.first { $0.signature == finding.signature } ?? finding
    effort.executions = result.replays
    shown.effort = effort
    keep(shown, of: result.run, caseNumber: caseNumber, result.confirmation, before: result.before)
  }

  /// What it took to see something that has just been seen for the first time.
  private func effortUntilNow() -> FindingEffort {
    FindingEffort(
      time: begin.duration(to: .now()),
      messages: statistics.messages,
      executions: 0,
      steps: 0
    )
  }

  /// Adds a finding to the report and writes its files.
  private func keep(
    _ finding: Finding,
    of run: CaseRun,
    caseNumber: Int,
    _ confirmation: Confirmation,
    before: [CaseRun]
  ) {
    var finding = finding
    finding.severity = confirmation.isConfirmed ? .failure : .flaky
    let messages = run.sentMessages
    finding.effort?.steps = before.reduce(messages) { $0 + $1.sentMessages }
    let how = confirmation.isConfirmed ? "the least that leads there" : "what led there"
    finding.details.append(
      "\(how): \(messages) message\(messages == 1 ? "" : "s")"
        + (before.isEmpty
          ? "" : ", after \(before.count) case\(before.count == 1 ? "" : "s") before")
    )
    finding.details += SequenceText.lines(of: run).map { "  " + $0 }
    if !run.lastOutput.isEmpty {
      finding.details.append("the provider's last words:")
      finding.details += run.lastOutput.suffix(10).map { "  | \($0)" }
    }
    finding.reproduction = save(finding, of: run, caseNumber, confirmation, before)
    findings.append(finding)
    tell(.fuzzing)
  }

  private func save(
    _ finding: Finding,
    of run: CaseRun,
    _ caseNumber: Int,
    _ confirmation: Confirmation,
    _ before: [CaseRun]
  ) -> Reproduction {
    var reproduction = Reproduction(
      seed: configuration.seed,
      command: "wspact fuzz --spec \(configuration.api.file) --seed \(configuration.seed)",
      reproduced: confirmation.reproduced,
      attempts: confirmation.attempts
    )
    guard let directory = configuration.failuresDirectory else { return reproduction }
    var builder = ScenarioBuilder()
    for (place, earlier) in before.enumerated() {
      builder.add(earlier, prefix: "before\(place + 1)-", closes: true)
    }
    builder.add(run, closes: false)
    let origin = ScenarioOrigin(
      specification: configuration.api.file,
      seed: configuration.seed,
      caseNumber: caseNumber,
      finding: finding.code,
      signature: finding.signature,
      budget: configuration.budget
    )
    let scenario = builder.scenario(
      name: "\(finding.code) \(finding.rule)",
      summary: finding.message,
      origin: origin
    )
    let name = FailureFiles.name(signature: finding.signature, seed: configuration.seed)
    do throws(SessionError) {
      let files = FailureFiles(directory: directory)
      let paths = try files.write(scenario, run.transcript, name: name)
      reproduction.scenarioFile = paths.scenario
      reproduction.transcriptFile = paths.transcript
      reproduction.command = ReplayCommand.text(
        file: paths.scenario,
        target: configuration.target
      )
    } catch {
      notes.append("\(error)")
    }
    return reproduction
  }
}

// MARK: - Telling

extension Fuzzer {
  private func tell(_ activity: FuzzProgress.Activity) {
    guard let progress else { return }
    let now = MonotonicTime.now()
    guard lastProgress.duration(to: now) >= Self.progressPeriod else { return }
    lastProgress = now
    progress(
      FuzzProgress(
        activity: activity,
        cases: statistics.cases,
        messages: statistics.messages,
        messagesPerSecond: statistics.messagesPerSecond,
        findings: findings.count,
        elapsed: begin.duration(to: now)
      )
    )
  }

  private func report(
    _ vocabulary: Vocabulary,
    _ url: WebSocketURL,
    _ baseline: Duration,
    _ host: ProviderHost
  ) -> RunReport {
    for signature in acceptedSeen.sorted() {
      notes.append("accepted, so not reported: \(signature)")
    }
    if statistics.dismissed > 0 {
      let count = statistics.dismissed
      notes.append(
        "\(count) late repl\(count == 1 ? "y" : "ies") did not come again and "
          + "\(count == 1 ? "is" : "are") not reported"
      )
    }
    if statistics.stalls > 0 {
      let count = statistics.stalls
      notes.append(
        "this program stood still \(count) time\(count == 1 ? "" : "s"), which "
          + "\(count == 1 ? "does" : "do") not count"
      )
    }
    if findings.count >= configuration.maximumFindings {
      notes.append("stopped after \(findings.count) finding\(findings.count == 1 ? "" : "s")")
    }
    var operations: [String] = []
    for entry in vocabulary.entries where entry.operation.reply != nil {
      if !operations.contains(entry.operation.name) { operations.append(entry.operation.name) }
    }
    return RunReport(
      command: "fuzz",
      subject: "\(configuration.api.title) \(configuration.api.version) at \(url)",
      seed: configuration.seed,
      findings: findings,
      statistics: statistics.measures(
        operations: operations,
        baseline: baseline,
        restarts: host.restarts
      ),
      notes: notes,
      duration: begin.duration(to: .now())
    )
  }
}

extension ProviderTarget {
  /// What the user gave.
  var text: String {
    switch self {
    case .url(let url): "\(url)"
    case .command(let command): "'\(command.command)'"
    }
  }
}
