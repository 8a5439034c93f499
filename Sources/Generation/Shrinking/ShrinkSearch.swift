/// The state of making one log smaller.
struct ShrinkSearch {
  /// Up to so many parts each is tried together with each other one.
  private static let fewParts = 8

  /// The smallest interesting log so far.
  private(set) var best: ChoiceLog
  private(set) var executions = 0

  private let budget: Int
  private let canonical: (ChoiceLog) -> ChoiceLog
  private let test: Shrinker.Test
  private var known: [ChoiceLog: Bool] = [:]

  /// Ends the search when the budget is used up.
  private struct BudgetUsedUp: Error {}

  init(
    _ log: ChoiceLog,
    budget: Int,
    canonical: @escaping (ChoiceLog) -> ChoiceLog,
    test: @escaping Shrinker.Test
  ) {
    best = log
    self.budget = budget
    self.canonical = canonical
    self.test = test
    known[log] = true
  }

  /// Searches until no pass finds anything smaller.
  ///
  /// - Parameter hasLeastSteps: Whether none of the steps can be left out, as the log stands.
  /// - Returns: The smallest log.
  /// - Throws: What the test throws.
  nonisolated(nonsending) mutating func run(
    hasLeastSteps: Bool = false
  ) async throws -> Shrinker.Outcome {
    var hasLeastSteps = hasLeastSteps
    do {
      var before: ChoiceLog
      repeat {
        before = best
        if !hasLeastSteps { try await removeParts(.step) }
        hasLeastSteps = false
        try await emptyParts(.value)
        try await removeParts(.member)
        try await removeParts(.item)
        try await simplifyTogether()
        try await simplifyEach()
        if best == before { try await removePairs(.step) }
      } while best < before
      return Shrinker.Outcome(log: best, executions: executions, isComplete: true)
    } catch is BudgetUsedUp {
      return Shrinker.Outcome(log: best, executions: executions, isComplete: false)
    }
  }

  /// Tries a log, and keeps it when it is smaller and still interesting.
  ///
  /// - Returns: Whether it was kept.
  nonisolated(nonsending) mutating func attempt(_ candidate: ChoiceLog) async throws -> Bool {
    let log = canonical(candidate)
    guard log < best else { return false }
    if let verdict = known[log] {
      if verdict { best = log }
      return verdict
    }
    guard executions < budget else { throw BudgetUsedUp() }
    executions += 1
    let trial = try await test(log)
    known[log] = trial.isInteresting
    if let recorded = trial.recorded { known[recorded] = trial.isInteresting }
    guard trial.isInteresting else { return false }
    best = trial.recorded.map { $0 < log ? $0 : log } ?? log
    return true
  }
}

// MARK: - Parts

extension ShrinkSearch {
  /// The parts of one kind, in order.
  private func parts(_ kind: SpanLabel.Kind) -> [Int] {
    best.spans.indices.filter { best.spans[$0].label.kind == kind }
  }

  /// Leaves out parts of a kind, as many neighbours at once as possible, from the last to the first.
  private nonisolated(nonsending) mutating func removeParts(
    _ kind: SpanLabel.Kind
  ) async throws {
    var place = parts(kind).count - 1
    while place >= 0 {
      guard try await attempt(removing: kind, from: place, count: 1) else {
        place -= 1
        continue
      }
      place = min(place - 1, parts(kind).count - 1)
      // One could go, so perhaps many before it can: twice as many each time, then half as many.
      var count = 2
      while place >= 0, count > 1 {
        let size = min(count, place + 1)
        if try await attempt(removing: kind, from: place - size + 1, count: size) {
          place = min(place - size, parts(kind).count - 1)
          count *= 2
        } else {
          count = size / 2
        }
      }
    }
  }

  /// Leaves out two parts of a kind together: one that does something and one that undoes it.
  ///
  /// Neighbours in any number, others only while there are few.
  private nonisolated(nonsending) mutating func removePairs(
    _ kind: SpanLabel.Kind
  ) async throws {
    var last = parts(kind).count - 1
    while last > 0 {
      var first = last - 1
      let lowest = last < Self.fewParts ? 0 : first
      while first >= lowest {
        guard try await attempt(removing: kind, at: [first, last]) else {
          first -= 1
          continue
        }
        last = parts(kind).count
        break
      }
      last -= 1
    }
  }

  /// Leaves out neighbouring parts.
  private nonisolated(nonsending) mutating func attempt(
    removing kind: SpanLabel.Kind,
    from first: Int,
    count: Int
  ) async throws -> Bool {
    guard first >= 0, first + count <= parts(kind).count else { return false }
    return try await attempt(removing: kind, at: Array(first..<first + count))
  }

  /// Leaves out some parts of a kind; `numbers` says which, in order.
  private nonisolated(nonsending) mutating func attempt(
    removing kind: SpanLabel.Kind,
    at numbers: [Int]
  ) async throws -> Bool {
    let places = parts(kind)
    var candidate = best
    for place in numbers.reversed().map({ places[$0] }) {
      guard candidate.spans.indices.contains(place),
        candidate.spans[place].label.kind == kind
      else { continue }
      candidate = candidate.removing(part: place)
    }
    return try await attempt(candidate)
  }

  /// Replaces whole parts by what comes of no decisions at all.
  private nonisolated(nonsending) mutating func emptyParts(
    _ kind: SpanLabel.Kind
  ) async throws {
    var place = 0
    while place < parts(kind).count {
      let range = best.spans[parts(kind)[place]].range
      if !range.isEmpty { _ = try await attempt(best.emptying(part: parts(kind)[place])) }
      place += 1
    }
  }
}
