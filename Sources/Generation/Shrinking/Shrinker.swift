/// Makes a choice log smaller while it stays interesting.
///
/// Smaller means shortlex order: fewer choices, then simpler ones. Whole parts go first (steps, then
/// members and items), then what is left is simplified. A log is tried at most once.
package struct Shrinker {
  /// What trying a log came to.
  package struct Trial: Sendable {
    /// Whether the log still shows what was looked for.
    package var isInteresting: Bool
    /// What the generator made of the log; `nil` where that is not known.
    package var recorded: ChoiceLog?

    /// Describes a trial.
    package init(isInteresting: Bool, recorded: ChoiceLog? = nil) {
      self.isInteresting = isInteresting
      self.recorded = recorded
    }
  }

  /// What shrinking came to.
  package struct Outcome: Sendable {
    /// The smallest interesting log found.
    package var log: ChoiceLog
    /// How many logs were tried.
    package var executions: Int
    /// Whether nothing smaller was found before the budget was used up.
    package var isComplete: Bool
  }

  /// A test of a log; it runs where the caller runs.
  package typealias Test = nonisolated(nonsending) (ChoiceLog) async throws -> Trial

  /// Says whether a log is still interesting; it runs where the caller runs.
  package typealias Condition = nonisolated(nonsending) (ChoiceLog) async -> Bool

  /// Makes a log smaller.
  ///
  /// - Parameters:
  ///   - log: An interesting log; it is not tried itself.
  ///   - budget: Most logs tried; 500 by default.
  ///   - hasLeastSteps: Whether none of its steps can be left out, as it stands.
  ///   - canonical: What a generator would make of a log, where that can be told without trying it;
  ///     logs that come to one tried before are then not tried again.
  ///   - test: Tries a log.
  /// - Returns: The smallest log and what it took.
  /// - Throws: What `test` throws; shrinking ends then.
  nonisolated(nonsending) package static func minimise(
    _ log: ChoiceLog,
    budget: Int = 500,
    hasLeastSteps: Bool = false,
    canonical: ((ChoiceLog) -> ChoiceLog)? = nil,
    trying test: @escaping Test
  ) async throws -> Outcome {
    var search = ShrinkSearch(log, budget: budget, canonical: canonical ?? { $0 }, test: test)
    return try await search.run(hasLeastSteps: hasLeastSteps)
  }

  /// Makes a log smaller, with a test that says only whether a log is still interesting.
  ///
  /// - Returns: The smallest log and what it took.
  nonisolated(nonsending) package static func minimise(
    _ log: ChoiceLog,
    budget: Int = 500,
    canonical: ((ChoiceLog) -> ChoiceLog)? = nil,
    while isInteresting: @escaping Condition
  ) async -> Outcome {
    let outcome = try? await minimise(log, budget: budget, canonical: canonical) { log in
      Trial(isInteresting: await isInteresting(log))
    }
    return outcome ?? Outcome(log: log, executions: 0, isComplete: false)
  }
}
