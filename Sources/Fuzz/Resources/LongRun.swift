import Contract
import Generation
import Session
import WebSocket

/// Plays rounds for so long that caches are full and pools have all that they ever will have.
///
/// What grows for a short time only is no finding.
struct LongRun {
  /// How long it goes on at most.
  static let patience: Duration = .seconds(3)
  /// How many rounds are in a case.
  static let rounds = 8
  /// How often the request is made in each round where it is memory that may grow.
  static let repetitions = 16
  /// How often the request is made in each round otherwise, so that there are many rounds.
  static let fewRepetitions = 2
  /// How much memory has to come up, in bytes.
  static let leastMemory = 64 * 1_048_576
  /// How many descriptors or threads have to come up.
  static let leastCount = 128
  /// How long the provider has for coming to rest.
  static let rest: Duration = .milliseconds(500)
  /// Programs that take memory from the system without need and give none back.
  static let hoarders: Set<String> = ["java", "dotnet"]

  /// What can grow.
  enum Resource: Hashable, CaseIterable {
    case memory, descriptors, threads

    init?(code: String) {
      switch code {
      case MemoryGrowthJudge.rule.code: self = .memory
      case DescriptorGrowthJudge.rule.code: self = .descriptors
      case ThreadGrowthJudge.rule.code: self = .threads
      default: return nil
      }
    }

    /// How much has to come up.
    var least: Int { self == .memory ? leastMemory : leastCount }

    func figure(of figures: ProcessFigures) -> Int {
      switch self {
      case .memory: figures.memoryBytes
      case .descriptors: figures.descriptors
      case .threads: figures.threads
      }
    }
  }

  let plan: RoundPlan

  /// Whether a resource goes on growing, as fast at the end as at the beginning, and stays so when
  /// nothing is asked.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started.
  nonisolated(nonsending) func grows(
    _ resource: Resource,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Bool {
    _ = try await executor.host.restart()
    let repetitions = resource == .memory ? Self.repetitions : Self.fewRepetitions
    let log = plan.log(rounds: Self.rounds, repetitions: repetitions)
    let deadline = MonotonicTime.now().advanced(by: Self.patience)
    var levels: [Int] = []
    while MonotonicTime.now() < deadline {
      _ = try await executor.play(log)
      guard let figures = executor.processFigures else { return false }
      if resource == .memory, !Self.hoarders.isDisjoint(with: figures.programs) { return false }
      levels.append(resource.figure(of: figures))
      if let first = levels.first, levels.count > 4,
        levels[levels.count - 1] - first >= resource.least
      {
        break
      }
    }
    guard let first = levels.first, let last = levels.last, levels.count > 4,
      last - first >= resource.least
    else { return false }
    let middle = levels[levels.count / 2]
    guard (last - middle) * 2 >= middle - first else { return false }
    try? await Task.sleep(for: Self.rest)
    guard let figures = executor.processFigures else { return false }
    return (resource.figure(of: figures) - first) * 4 >= (last - first) * 3
  }

  /// Whether replies take long even after a rest, on the provider that has answered `run` before.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started.
  nonisolated(nonsending) func staysSlow(
    after run: CaseRun,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Bool {
    let before = run.evidence.replyTimes(of: plan.operation).map(\.nanoseconds)
    guard before.count >= LatencyGrowthJudge.leastReplies else { return false }
    try? await Task.sleep(for: Self.rest)
    let again = try await executor.play(plan.log(rounds: 1, repetitions: 4))
    let after = again.evidence.replyTimes(of: plan.operation).map(\.nanoseconds)
    guard !after.isEmpty else { return false }
    let last = LatencyGrowthJudge.median(Array(before.suffix(before.count / 4)))
    return LatencyGrowthJudge.median(after) * 2 >= last
  }
}

extension CaseExecutor {
  /// What the provider's process has in use; `nil` where it is not watched.
  var processFigures: ProcessFigures? { watchedProcess.flatMap(ProcessFigures.init) }

  /// Plays a case as it was decided.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started.
  nonisolated(nonsending) mutating func play(
    _ log: ChoiceLog
  ) async throws(SessionError) -> CaseRun {
    _ = try await provider()
    options.session.processProbe = watchedProcess.map(ProcessProbe.init)
    return try await play(ChoiceSource(replaying: log))
  }
}
