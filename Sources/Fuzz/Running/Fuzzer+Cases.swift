import Contract
import Generation
import Session
import WebSocket

extension Fuzzer {
  /// Plays cases until there are enough.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) func fuzz(
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    let hasLimit = configuration.cases != nil || configuration.time != nil
    let time = hasLimit ? configuration.time : FuzzConfiguration.defaultTime
    let limits = CaseLimits(
      seed: configuration.seed,
      phases: configuration.phases,
      mode: configuration.mode,
      maximumSteps: configuration.maximumSteps,
      maximumConnections: configuration.maximumConnections
    )
    let schedule = CaseSchedule(
      executor.vocabulary,
      limits,
      corpus: corpus,
      seeds: seeds(executor, limits)
    )
    let end = time.map { begin.advanced(by: $0) }
    let outcome = await withTaskGroup(of: CaseLanes.Played.self) { group in
      var lanes = CaseLanes(
        schedule,
        jobs: configuration.jobs,
        loop: executor.options.session.loop ?? .next(),
        cases: configuration.cases,
        restartPeriod: restartPeriod(of: executor.host)
      )
      lanes.pause = configuration.playsRounds ? RoundProgress.caseNumbers.first : nil
      do throws(SessionError) {
        try await fuzz(&lanes, until: end, &group, &executor)
        behaviour = lanes.schedule.behaviour
        keywordPlaces = lanes.schedule.keywordPlaces
        corpus = lanes.schedule.corpus
        return Result<Void, SessionError>.success(())
      } catch {
        group.cancelAll()
        return .failure(error)
      }
    }
    try outcome.get()
  }

  nonisolated(nonsending) private func fuzz(
    _ lanes: inout CaseLanes,
    until end: MonotonicTime?,
    _ group: inout TaskGroup<CaseLanes.Played>,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    // The last case that was over before anything happened.
    var last: CaseLanes.Finished?
    while true {
      let started = MonotonicTime.now()
      let mayStart =
        end.map { started < lastStart(before: $0) } ?? true
        && findings.count < configuration.maximumFindings && !Task.isCancelled
      if lanes.isIdle, mayStart, let blamed = lateExit(of: last, executor.host) {
        // The process went on for a moment after the case that brought it down.
        last = nil
        if try await judge(blamed.run, caseNumber: blamed.planned.number, &executor) { return }
        continue
      }
      if lanes.isIdle, mayStart, lanes.isPaused {
        lanes.pause = RoundProgress.caseNumbers.first { $0 > lanes.schedule.count }
        try await playRounds(lanes.schedule.corpus, &executor)
        continue
      }
      if mayStart {
        executor.options.known = known
        executor.options.limits.isAlone = executor.host.canRestart && configuration.jobs == 1
        try await lanes.start(&group, &executor)
      }
      guard let finished = try await lanes.next(&group, &executor) else {
        return try await playLateRounds(lanes.schedule.corpus, until: end, &executor)
      }
      statistics.fuzzingTime += started.duration(to: .now())
      if isTroubled(finished) {
        let together = [finished] + (try await lanes.drain(&group, &executor))
        if try await resolve(together, after: &last, &lanes, &executor) { return }
      } else {
        count(finished, executor.host)
        if finished.findings.isEmpty { lanes.learn(from: finished) }
        reach = (finished.planned.phase, lanes.schedule.behaviour.stateCount)
        last = finished
        if try await leave(finished.run, &executor) { return }
      }
      tell(.fuzzing)
    }
  }

  /// The cases that say again what was recorded elsewhere.
  private func seeds(_ executor: CaseExecutor, _ limits: CaseLimits) -> [ChoiceLog] {
    var strange: [String] = []
    let logs = configuration.seeds.compactMap { conversation -> ChoiceLog? in
      let trace = StepTrace(conversation, executor.index, executor.vocabulary, limits)
      if trace == nil, !strange.contains(conversation.origin) {
        strange.append(conversation.origin)
      }
      return trace?.log { _ in true }
    }
    for origin in strange {
      notes.append("\(origin) has conversations in which nothing is said that this document knows")
    }
    return logs
  }

  /// After how many cases the provider is started again; `nil` for never.
  private func restartPeriod(of host: ProviderHost) -> Int? {
    guard host.canRestart else { return nil }
    if let period = configuration.restartPeriod { return period > 0 ? period : nil }
    let isQuick = host.startTime.map { $0 <= FuzzConfiguration.quickStart } ?? false
    return isQuick ? FuzzConfiguration.usualRestartPeriod : nil
  }

  private func count(_ finished: CaseLanes.Finished, _ host: ProviderHost) {
    if host.processID != historyProcess { history = [] }
    historyProcess = host.processID
    statistics.add(finished.run, finished.planned)
    if !finished.findings.isEmpty { statistics.messageCounts.addAnswers(of: finished.run) }
    let seen = finished.findings.map(\.signature)
    acceptedSeen.formUnion(configuration.accepted.intersection(seen))
    history.append(finished.run.log)
    if history.count > configuration.maximumHistory { history.removeFirst() }
  }

  /// Whether something happened in a case that is not known yet, or that others may be to blame for.
  private func isTroubled(_ finished: CaseLanes.Finished) -> Bool {
    finished.run.didNotOpen || finished.run.evidence.exit != nil || !areKnown(finished.findings)
  }

  private func areKnown(_ findings: [Finding]) -> Bool {
    findings.allSatisfy { known.contains($0.signature) }
  }

  /// Finds out which of the cases that were under way together is to blame, and investigates that.
  ///
  /// The others are played again later, as if they had not been.
  ///
  /// - Parameters:
  ///   - together: The cases, the first one in trouble first.
  ///   - last: The case before them.
  ///   - lanes: Take the cases that are to be played again.
  ///   - executor: Plays cases.
  /// - Returns: Whether the provider is gone for good.
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) private func resolve(
    _ together: [CaseLanes.Finished],
    after last: inout CaseLanes.Finished?,
    _ lanes: inout CaseLanes,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Bool {
    let suspects = suspects(of: together)
    guard let likeliest = suspects.first else { return false }
    if likeliest.run.didNotOpen, let before = last {
      // The case before is to blame: after it no connection was accepted.
      last = nil
      lanes.repeatLater(together.map(\.planned))
      let blamed = blame(before.run, for: likeliest.run)
      return try await judge(blamed, caseNumber: before.planned.number, &executor)
    }
    for suspect in suspects {
      let before = findings.count
      let mustComeAgain = suspect.planned.number != suspects.last?.planned.number
      let isGone = try await judge(
        suspect.run,
        caseNumber: suspect.planned.number,
        mustComeAgain: mustComeAgain,
        &executor
      )
      guard findings.count > before || !mustComeAgain || isGone else { continue }
      count(suspect, executor.host)
      last = suspect
      lanes.repeatLater(together.map(\.planned).filter { $0.number != suspect.planned.number })
      if suspect.run.evidence.exit != nil { history = [] }
      return isGone
    }
    return false
  }

  /// The cases that may be to blame, the likeliest first.
  private func suspects(of together: [CaseLanes.Finished]) -> [CaseLanes.Finished] {
    let opened = together.filter { !$0.run.didNotOpen }
    let ended = opened.filter { $0.run.evidence.exit != nil }
    // What is known to end the process explains the end of the others.
    if let known = ended.first(where: { areKnown($0.findings) }) { return [known] }
    // Who spoke last before the process ended is the likeliest to have ended it.
    guard ended.isEmpty else { return ended.sorted { $0.run.lastSentAt > $1.run.lastSentAt } }
    return Array((opened.filter { isTroubled($0) } + together).prefix(1))
  }

  /// The run of a case after which the process has ended; `nil` when it has not, or that is known.
  private func lateExit(
    of last: CaseLanes.Finished?,
    _ host: ProviderHost
  ) -> CaseLanes.Finished? {
    guard var blamed = last, blamed.run.evidence.exit == nil, let status = host.exitStatus else {
      return nil
    }
    blamed.run.append(.providerExited(code: status.code, signal: status.signal))
    blamed.run.lastOutput = host.lastOutput
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
  /// - Parameters:
  ///   - run: What was seen.
  ///   - caseNumber: Which case it is.
  ///   - mustComeAgain: Whether only what comes again alone is kept: others may be to blame.
  ///   - executor: Plays cases.
  /// - Returns: Whether the provider is gone for good.
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) private func judge(
    _ run: CaseRun,
    caseNumber: Int,
    mustComeAgain: Bool = false,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Bool {
    let new = run.findings.filter { !known.contains($0.signature) }
    guard !new.isEmpty else { return try await leave(run, &executor) }
    for finding in new where findings.count < configuration.maximumFindings {
      known.insert(finding.signature)
      var canBeTried = executor.host.canRestart
      if !canBeTried { canBeTried = try await isThere(executor) }
      guard canBeTried else {
        var finding = finding
        finding.effort = effort(toSee: run)
        keep(finding, of: run, caseNumber: caseNumber, Confirmation(), before: [])
        notes.append(
          "the provider at \(configuration.target.text) is gone; start it with --provider-cmd to "
            + "have findings tried again and made smaller"
        )
        return true
      }
      try await investigate(
        finding,
        in: run,
        caseNumber: caseNumber,
        mustComeAgain: mustComeAgain,
        &executor
      )
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
