import Contract
import Session
import WebSocket

/// Keeps several cases under way at a time, and hands them out in the order of their numbers.
///
/// What a case sends depends on its number and on what it is answered, not on when others are over:
/// with one lane or with many the same is sent.
struct CaseLanes {
  /// The number of the case before which nothing is started until what is under way is over.
  var pause: Int?

  /// What a task gives back.
  struct Played: Sendable {
    var planned: CaseSchedule.Case
    var result: Result<CaseRun, SessionError>
  }

  /// A case that is over.
  struct Finished {
    var planned: CaseSchedule.Case
    var run: CaseRun
    /// What is wrong in it, as it was handed out.
    var findings: [Finding]
  }

  /// How many cases may be over for each lane while an earlier one still goes on.
  static let maximumLead = 4

  private let jobs: Int
  /// Where cases are played, in turns.
  private let loops: [ClientLoop]
  private let limit: Int
  private let restartPeriod: Int?
  /// How many cases there were when the provider was last started again.
  private var restartedAt = 0
  private(set) var schedule: CaseSchedule
  /// Cases that are to be played once more, by their numbers.
  private var again: [CaseSchedule.Case] = []
  /// The numbers of the cases that were started and not handed out, in order.
  private var started: [Int] = []
  private var finished: [Int: Finished] = [:]
  private var running = 0

  /// Takes what is to be played.
  ///
  /// - Parameters:
  ///   - schedule: Which cases there are.
  ///   - jobs: How many are under way at a time.
  ///   - loop: Where they are played; with several under way, on others too.
  ///   - cases: How many there are at most; `nil` for as many as the schedule has.
  ///   - restartPeriod: After how many cases the provider is started again; `nil` for never.
  init(_ schedule: CaseSchedule, jobs: Int, loop: ClientLoop, cases: Int?, restartPeriod: Int?) {
    self.schedule = schedule
    self.restartPeriod = restartPeriod
    self.jobs = max(1, jobs)
    loops = loop.andOthers(upTo: jobs)
    limit = cases ?? .max
  }

  /// Whether it is time for the pause.
  var isPaused: Bool { again.isEmpty && pause.map { schedule.count >= $0 } ?? false }

  /// Whether no case is under way or waits to be handed out.
  var isIdle: Bool { started.isEmpty }

  /// Starts cases until every lane has one.
  ///
  /// While the provider's process is gone nothing is started: the cases under way tell why.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started.
  nonisolated(nonsending) mutating func start(
    _ group: inout TaskGroup<Played>,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    while running < jobs, started.count < min(jobs * Self.maximumLead, Corpus.lag),
      isIdle || executor.host.exitStatus == nil
    {
      if isPaused { return }
      if isRestartDue {
        guard isIdle else { return }
        restartedAt = schedule.count
        _ = try await executor.host.restart()
      }
      guard let planned = take() else { return }
      started.append(planned.number)
      running += 1
      var prepared = try await executor.preparedPlay(planned.source)
      let loop = loops[planned.number % loops.count]
      prepared.options.session.loop = loop
      group.addTask(executorPreference: loop.executor) { [prepared] in
        Played(planned: planned, result: await prepared.outcome())
      }
    }
  }

  /// The next case in the order of numbers, when it is over; `nil` when none is under way.
  ///
  /// - Throws: ``SessionError``.
  nonisolated(nonsending) mutating func next(
    _ group: inout TaskGroup<Played>,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Finished? {
    guard let number = started.first else { return nil }
    while finished[number] == nil {
      guard let played = await group.next() else { return nil }
      running -= 1
      var run = try played.result.get()
      try await executor.watchProcess(&run)
      finished[played.planned.number] = Finished(
        planned: played.planned,
        run: run,
        findings: run.findings
      )
    }
    started.removeFirst()
    return finished.removeValue(forKey: number)
  }

  /// Everything that is still under way, when all of it is over.
  ///
  /// - Throws: ``SessionError``.
  nonisolated(nonsending) mutating func drain(
    _ group: inout TaskGroup<Played>,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> [Finished] {
    var rest: [Finished] = []
    while let next = try await next(&group, &executor) { rest.append(next) }
    return rest
  }

  /// Plays cases once more, before all others.
  mutating func repeatLater(_ cases: [CaseSchedule.Case]) {
    again = (cases + again).sorted { $0.number < $1.number }
  }

  /// Learns from a case in which nothing was amiss.
  mutating func learn(from finished: Finished) {
    schedule.learn(from: finished.run, number: finished.planned.number)
  }

  private var isRestartDue: Bool {
    guard let restartPeriod, again.isEmpty else { return false }
    return schedule.count >= restartedAt + restartPeriod
  }

  private mutating func take() -> CaseSchedule.Case? {
    if !again.isEmpty { return again.removeFirst() }
    guard schedule.count < limit else { return nil }
    return schedule.next()
  }
}
