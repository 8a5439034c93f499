import Contract
import Generation
import Session
import WebSocket

extension Fuzzer {
  /// How many rounds are played of each operation, and how often it is asked in each.
  private static let rounds = 6
  private static let repetitions = 16
  /// How often it is asked where that is enough.
  private static let fewerRepetitions = [1, 2, 4, 8]

  /// Asks for every operation in rounds that are all alike, and looks whether what the provider's
  /// process has in use, or the time that replies take, grows with them.
  ///
  /// - Parameters:
  ///   - corpus: What led to answers so far.
  ///   - end: When to stop.
  ///   - executor: Plays cases.
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) func playRounds(
    _ corpus: Corpus,
    until end: MonotonicTime,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    let plans = RoundPlan.plans(
      corpus,
      executor.vocabulary,
      maximumConnections: configuration.maximumConnections
    ).filter { !rounds.operations.contains($0.operation) }
    guard !plans.isEmpty else { return }
    var patient = executor
    patient.options.maximumSteps = .max
    patient.options.known = known
    if executor.watchedProcess != nil, executor.host.canRestart {
      _ = try await executor.host.restart()
    }
    for plan in plans where MonotonicTime.now() < end && !isEnough {
      rounds.operations.insert(plan.operation)
      let log = plan.log(rounds: Self.rounds, repetitions: Self.repetitions)
      let run = try await patient.play(log)
      rounds.messages += run.evidence.sentCount
      acceptedSeen.formUnion(
        configuration.accepted.intersection(run.growthFindings.map(\.signature))
      )
      for finding in run.growthFindings where !known.contains(finding.signature) && !isEnough {
        let culprits = rounds.blamed[finding.code] ?? []
        guard !culprits.contains("opening"), culprits.isDisjoint(with: plan.before) else {
          continue
        }
        let isKept = try await examine(finding, plan, run, &patient)
        if isKept {
          rounds.blamed[finding.code, default: []].insert(finding.subject(of: plan))
        }
      }
    }
    history = []
    if executor.host.canRestart { _ = try await executor.host.restart() }
    note(executor)
  }

  /// The same in the middle of a run.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) func playRounds(
    _ corpus: Corpus,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    let end = MonotonicTime.now().advanced(by: timeForRounds)
    try await playRounds(corpus, until: end, &executor)
  }

  /// The same at the end of a run that was too short for them before.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) func playLateRounds(
    _ corpus: Corpus,
    until end: MonotonicTime?,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    guard configuration.playsRounds, !rounds.isOver, !isEnough, let end else { return }
    try await playRounds(corpus, until: end, &executor)
  }

  /// When the last case may start, so that there is time for what has still to be done.
  func lastStart(before end: MonotonicTime) -> MonotonicTime {
    guard configuration.playsRounds, !rounds.isOver else { return end }
    let left = begin.duration(to: end) - timeForRounds
    return begin.advanced(by: max(.zero, left))
  }

  private var timeForRounds: Duration {
    let hasLimit = configuration.cases != nil || configuration.time != nil
    return RoundProgress.time(in: hasLimit ? configuration.time : FuzzConfiguration.defaultTime)
  }

  private var isEnough: Bool {
    findings.count >= configuration.maximumFindings || Task.isCancelled
  }

  private func note(_ executor: CaseExecutor) {
    guard !rounds.isOver else { return }
    rounds.isOver = true
    if executor.watchedProcess != nil, executor.processFigures == nil {
      notes.append(
        "memory, descriptors and threads of the provider are not watched: there is nothing to read in "
          + "/proc about its process"
      )
    }
  }

  /// Finds out whether it goes on, comes again, and with how little.
  ///
  /// - Returns: Whether it is reported.
  nonisolated(nonsending) private func examine(
    _ finding: Finding,
    _ plan: RoundPlan,
    _ run: CaseRun,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Bool {
    let effort = effort(toSee: run)
    let signature = finding.signature
    tell(.confirming(signature: signature))
    var executions = 1
    let long = LongRun(plan: plan)
    if let resource = LongRun.Resource(code: finding.code) {
      guard try await long.grows(resource, &executor) else { return false }
    } else {
      guard try await long.staysSlow(after: run, &executor) else { return false }
    }
    var smallest = Self.repetitions
    for count in Self.fewerRepetitions where smallest == Self.repetitions {
      executions += 1
      if try await plays(plan, count, &executor).shows(signature) { smallest = count }
    }
    var confirmation = Confirmation()
    while !confirmation.isDecided(of: configuration.confirmations) {
      let run = try await plays(plan, smallest, &executor)
      confirmation.attempts += 1
      executions += 1
      guard run.shows(signature) else { continue }
      confirmation.reproduced += 1
      confirmation.run = run
    }
    guard confirmation.isConfirmed, let shown = confirmation.run,
      var kept = shown.growthFindings.first(where: { $0.signature == signature })
    else { return false }
    known.insert(signature)
    statistics.replays += executions
    kept.effort = effort
    kept.effort?.executions = executions
    keep(kept, of: shown, caseNumber: max(1, statistics.cases), confirmation, before: [])
    return true
  }

  /// Rounds on a provider that was just started, where that is possible.
  nonisolated(nonsending) private func plays(
    _ plan: RoundPlan,
    _ repetitions: Int,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> CaseRun {
    _ = try await executor.host.restart()
    return try await executor.play(plan.log(rounds: Self.rounds, repetitions: repetitions))
  }
}

extension CaseRun {
  /// What grows in this run.
  fileprivate var growthFindings: [Finding] {
    GrowthJudges.all.flatMap { $0.findings(in: evidence, limits: limits) }
  }

  fileprivate func shows(_ signature: String) -> Bool {
    growthFindings.contains { $0.signature == signature }
  }
}

extension Finding {
  /// Whom it blames: the operation of a plan, or the opening of connections.
  fileprivate func subject(of plan: RoundPlan) -> String {
    signature.hasSuffix(" opening") ? "opening" : plan.operation
  }
}

/// The judges of what grows with use.
enum GrowthJudges {
  /// Descriptors first: who has many of them has more memory as well.
  static let all: [any Judge.Type] = [
    DescriptorGrowthJudge.self, ThreadGrowthJudge.self, MemoryGrowthJudge.self,
    LatencyGrowthJudge.self,
  ]
}
