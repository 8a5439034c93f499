import Contract
import Generation
import Session
import WebSocket

/// Finds out whether a finding comes again, and what the least is that leads to it.
struct Investigator {
  /// How many times as long as nearly all replies took a reply is waited for while a case is made
  /// smaller.
  static let haste = 10
  /// How many of the cases before are tried first.
  static let shortHistory = 8

  let configuration: FuzzConfiguration
  /// How long replies took so far.
  let replyTimes: ReplyTimes
  let progress: (FuzzProgress.Activity) -> Void

  /// How a finding stands when it has been investigated.
  struct Result: Sendable {
    /// How often it came again.
    var confirmation: Confirmation
    /// The smallest run that shows it; the original one where it never came again.
    var run: CaseRun
    /// Runs that have to come before.
    var before: [CaseRun]
    /// How many runs all this took.
    var replays: Int
  }

  /// Investigates a finding.
  ///
  /// - Parameters:
  ///   - finding: What was found.
  ///   - original: The run that showed it.
  ///   - history: The cases before it, the newest last.
  ///   - executor: Plays cases.
  /// - Returns: How often it came again, and the smallest run that shows it.
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) func investigate(
    _ finding: Finding,
    in original: CaseRun,
    history: [ChoiceLog],
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Result {
    progress(.confirming(signature: finding.signature))
    // Cases that are put behind each other have more steps than one.
    let maximumSteps = executor.options.maximumSteps
    defer { executor.options.maximumSteps = maximumSteps }
    var trial = SignatureTrial(signature: finding.signature)
    trial.awaitsExit = original.endedUnnoticed
    var confirmation = try await confirm(original.log, patience: patience, &trial, &executor)
    if confirmation.reproduced == 0, executor.host.canRestart, !history.isEmpty {
      for count in Set([min(Self.shortHistory, history.count), history.count]).sorted()
      where !confirmation.isConfirmed {
        let before = Array(history.suffix(count))
        let longer = try await confirmWithHistory(original.log, before, &trial, &executor)
        if longer.reproduced > 0 { confirmation = longer }
      }
    }
    guard confirmation.isConfirmed, let confirmed = confirmation.run else {
      return Result(
        confirmation: confirmation,
        run: confirmation.run ?? original,
        before: confirmation.before,
        replays: trial.executions
      )
    }
    let smaller = try await shrink(confirmed, confirmation, &trial, &executor)
    let final = smaller ?? confirmation
    return Result(
      confirmation: final,
      run: final.run ?? confirmed,
      before: final.before,
      replays: trial.executions
    )
  }
}

// MARK: - Confirming

extension Investigator {
  /// Plays a case again until it is clear whether it shows the finding most of the time.
  nonisolated(nonsending) private func confirm(
    _ log: ChoiceLog,
    history: [ChoiceLog] = [],
    patience: Duration? = nil,
    _ trial: inout SignatureTrial,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Confirmation {
    var confirmation = Confirmation(history: history)
    while !confirmation.isDecided(of: configuration.confirmations) {
      let (run, before) = try await trial.play(
        log,
        isFresh: true,
        history: history,
        patience: patience,
        &executor
      )
      confirmation.attempts += 1
      if trial.shows(run) {
        confirmation.reproduced += 1
        confirmation.run = run
        confirmation.before = before
      }
    }
    return confirmation
  }

  /// Tries with the cases before, and then with as few of them as will do.
  nonisolated(nonsending) private func confirmWithHistory(
    _ log: ChoiceLog,
    _ history: [ChoiceLog],
    _ trial: inout SignatureTrial,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Confirmation {
    var confirmation = try await confirm(log, history: history, &trial, &executor)
    guard confirmation.isConfirmed else { return confirmation }
    let deadline = MonotonicTime.now().advanced(by: configuration.shrinkTime)
    var needed = history
    var size = max(1, needed.count / 2)
    while true {
      var place = 0
      while place < needed.count, MonotonicTime.now() < deadline {
        var fewer = needed
        fewer.removeSubrange(place..<min(place + size, needed.count))
        let (run, _) = try await trial.play(
          log,
          isFresh: true,
          history: fewer,
          patience: nil,
          &executor
        )
        if trial.shows(run) { needed = fewer } else { place += size }
      }
      guard size > 1, MonotonicTime.now() < deadline else { break }
      size /= 2
    }
    guard needed.count < history.count else { return confirmation }
    let again = try await confirm(log, history: needed, &trial, &executor)
    if again.isConfirmed { confirmation = again }
    return confirmation
  }
}

// MARK: - Shrinking

extension Investigator {
  /// Makes a confirmed case smaller, and confirms the outcome on a fresh provider.
  ///
  /// - Returns: `nil` when nothing smaller could be confirmed.
  nonisolated(nonsending) private func shrink(
    _ run: CaseRun,
    _ confirmation: Confirmation,
    _ trial: inout SignatureTrial,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Confirmation? {
    let deadline = MonotonicTime.now().advanced(by: configuration.shrinkTime)
    var (run, history) = (run, confirmation.history)
    // Without a start in between it goes much faster, if the finding does not need one.
    var needsStart = !history.isEmpty
    if needsStart, let merged = try await asOneCase(run, confirmation, &trial, &executor) {
      (run, history) = (merged, [])
    }
    if !needsStart {
      for _ in 0..<2 where !needsStart {
        let (again, _) = try await trial.play(
          run.log,
          isFresh: false,
          history: [],
          patience: patience,
          &executor
        )
        needsStart = !trial.shows(again)
      }
    }
    let canRestart = executor.host.canRestart
    for (isFresh, patience) in ways(needsStart: needsStart, canRestart: canRestart, for: trial) {
      let replays = Replays(isFresh: isFresh, patience: patience, history: history, until: deadline)
      let fewer = try await withFewerSteps(than: run, replays, &trial, &executor)
      if let fewer, !isFresh, canRestart {
        // What an earlier play has left behind may have shown the finding.
        let (again, _) = try await trial.play(
          fewer.log,
          isFresh: true,
          history: history,
          patience: self.patience,
          &executor
        )
        guard trial.shows(again) else { continue }
      }
      let smallest = try await minimise(
        (fewer ?? run).log,
        hasLeastSteps: fewer != nil,
        replays,
        &trial,
        &executor
      )
      // Even what could not be made smaller is confirmed once more, now with all patience.
      let confirmed = try await confirm(smallest, history: history, &trial, &executor)
      guard confirmed.isConfirmed else { continue }
      guard fewer == nil else { return confirmed }
      return try await withFewerMessages(than: confirmed, replays, &trial, &executor) ?? confirmed
    }
    return nil
  }

  /// How a case may be played again while it is made smaller, the quickest way first.
  ///
  /// Most runs of a reply that never comes are waiting; a provider that took longer than ever before is
  /// found out when the outcome is confirmed, and then it is done again with patience.
  private func ways(
    needsStart: Bool,
    canRestart: Bool,
    for trial: SignatureTrial
  ) -> [(isFresh: Bool, patience: Duration)] {
    let quick = quickPatience(for: trial)
    let patiences = quick < patience ? [quick, patience] : [patience]
    guard canRestart else { return needsStart ? [] : patiences.map { (false, $0) } }
    return (needsStart ? [] : [(false, patiences[0])]) + patiences.map { (true, $0) }
  }

  /// How a case is played again while it is made smaller.
  private struct Replays {
    /// Whether the provider is started again each time.
    var isFresh: Bool
    var patience: Duration
    /// Cases that are played before.
    var history: [ChoiceLog]
    /// When no more are played.
    var deadline: MonotonicTime

    init(isFresh: Bool, patience: Duration, history: [ChoiceLog], until deadline: MonotonicTime) {
      (self.isFresh, self.patience, self.history) = (isFresh, patience, history)
      self.deadline = deadline
    }
  }

  /// Puts a case behind those that have to come before it, so that all of them are made smaller
  /// together.
  ///
  /// - Returns: The run of that one case; `nil` when it does not show the finding.
  nonisolated(nonsending) private func asOneCase(
    _ run: CaseRun,
    _ confirmation: Confirmation,
    _ trial: inout SignatureTrial,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> CaseRun? {
    guard confirmation.before.count == confirmation.history.count,
      let trace = StepTrace(confirmation.before + [run], executor.vocabulary)
    else { return nil }
    executor.options.maximumSteps = max(executor.options.maximumSteps, trace.count)
    for _ in 0..<2 {
      let (merged, _) = try await trial.play(
        trace.log { _ in true },
        isFresh: true,
        history: [],
        patience: patience,
        &executor
      )
      if trial.shows(merged) { return merged }
    }
    return nil
  }

  /// Leaves out the steps of a case that the finding does not need.
  ///
  /// - Returns: The smallest run; `nil` when the case could not be taken apart.
  nonisolated(nonsending) private func withFewerSteps(
    than run: CaseRun,
    _ replays: Replays,
    _ trial: inout SignatureTrial,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> CaseRun? {
    guard let trace = StepTrace(run, executor.vocabulary) else { return nil }
    let state = ShrinkState(trial: trial, executor: executor)
    var search = StepSearch(trace, executor.vocabulary) { log in
      await self.play(log, replays, state).map { ($0, state.trial.shows($0)) }
    }
    let smallest = await search.smallest()
    trial = state.trial
    executor = state.executor
    if let failure = state.failure { throw failure }
    return smallest
  }

  /// Plays a case once more while it is made smaller.
  ///
  /// - Returns: `nil` when the time is over or the provider is gone.
  nonisolated(nonsending) private func play(
    _ log: ChoiceLog,
    _ replays: Replays,
    _ state: ShrinkState
  ) async -> CaseRun? {
    guard state.failure == nil, MonotonicTime.now() < replays.deadline else { return nil }
    progress(.shrinking(signature: state.trial.signature, executions: state.trial.executions))
    do throws(SessionError) {
      return try await state.trial.play(
        log,
        isFresh: replays.isFresh,
        history: replays.history,
        patience: replays.patience,
        &state.executor
      ).run
    } catch {
      state.failure = error
      return nil
    }
  }

  /// Makes a case smaller whose payloads stand for themselves.
  ///
  /// A payload that takes its values from the steps before changes when one of those is left out, so
  /// a step may have seemed necessary only because of that.
  ///
  /// - Returns: `nil` when it takes no fewer messages.
  nonisolated(nonsending) private func withFewerMessages(
    than confirmation: Confirmation,
    _ replays: Replays,
    _ trial: inout SignatureTrial,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Confirmation? {
    guard let run = confirmation.run, run.sentMessages > 1,
      let literal = run.literalLog(executor.vocabulary)
    else { return nil }
    let (again, _) = try await trial.play(
      literal,
      isFresh: replays.isFresh,
      history: replays.history,
      patience: replays.patience,
      &executor
    )
    guard trial.shows(again) else { return nil }
    let smallest = try await minimise(literal, replays, &trial, &executor)
    guard smallest.stepCount < run.log.stepCount else { return nil }
    let fewer = try await confirm(smallest, history: replays.history, &trial, &executor)
    return fewer.isConfirmed ? fewer : nil
  }

  /// How long to wait for replies that are known to be late or never to come, in one run of many.
  private func quickPatience(for trial: SignatureTrial) -> Duration {
    guard !trial.isAboutTime, replyTimes.count > 0 else { return patience }
    return min(patience, max(.milliseconds(10), replyTimes.quantile(0.99) * Self.haste))
  }

  /// How long to wait for replies while many runs are needed.
  private var patience: Duration {
    let usual = configuration.patience ?? JudgeLimits.patience(for: configuration.budget)
    return min(usual, max(.milliseconds(200), configuration.budget * 2))
  }

  nonisolated(nonsending) private func minimise(
    _ log: ChoiceLog,
    hasLeastSteps: Bool = false,
    _ replays: Replays,
    _ trial: inout SignatureTrial,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> ChoiceLog {
    let state = ShrinkState(trial: trial, executor: executor)
    let outcome = try? await Shrinker.minimise(
      log.canonical,
      budget: configuration.shrinkExecutions,
      hasLeastSteps: hasLeastSteps,
      canonical: \.canonical
    ) { log in
      // The finding is in the last step, else the case would have been over before.
      guard !log.isCutShort, let run = await self.play(log, replays, state) else {
        return Shrinker.Trial(isInteresting: false)
      }
      return Shrinker.Trial(
        isInteresting: state.trial.shows(run),
        recorded: run.log.canonical
      )
    }
    trial = state.trial
    executor = state.executor
    if let failure = state.failure { throw failure }
    return outcome?.log ?? log
  }
}

/// What the shrinker's test changes; used by one task.
private final class ShrinkState {
  var trial: SignatureTrial
  var executor: CaseExecutor
  var failure: SessionError?

  init(trial: SignatureTrial, executor: CaseExecutor) {
    self.trial = trial
    self.executor = executor
  }
}

/// Plays cases and looks for one finding.
struct SignatureTrial {
  let signature: String
  /// Whether the process's end shows only some time after the case.
  var awaitsExit = false
  /// How many cases were played.
  var executions = 0

  init(signature: String) { self.signature = signature }

  nonisolated(nonsending) mutating func play(
    _ log: ChoiceLog,
    isFresh: Bool,
    history: [ChoiceLog],
    patience: Duration?,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> (run: CaseRun, before: [CaseRun]) {
    executions += 1
    return try await executor.replay(
      log,
      isFresh: isFresh,
      history: history,
      patience: patience,
      awaitsExit: awaitsExit
    )
  }

  /// Whether it is about how long a reply takes, and not about what comes.
  var isAboutTime: Bool { signature.hasPrefix(LateReplyJudge.rule.code) }

  /// Whether a run shows the finding.
  func shows(_ run: CaseRun) -> Bool { run.findings.contains { $0.signature == signature } }
}
