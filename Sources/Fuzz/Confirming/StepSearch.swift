import Contract
import Generation
import JSON

/// Looks for the steps of a case that a finding needs, before anything else is made simpler.
///
/// First what the last step builds on is tried alone; then as many neighbouring steps as possible are
/// left out at a time. At last payloads are made plain, all together or each by itself. Each smaller
/// case that shows the finding is taken apart anew, with what it has heard.
struct StepSearch {
  /// The most cases that are played.
  static let maximumPlays = 60

  /// Plays a case, and says whether it shows the finding.
  typealias Test = nonisolated(nonsending) (ChoiceLog) async -> (run: CaseRun, shows: Bool)?

  private let vocabulary: Vocabulary
  private let test: Test
  private var plays = 0
  private(set) var trace: StepTrace
  /// The smallest run so far; `nil` while none of the search's own has shown the finding.
  private(set) var run: CaseRun?

  init(_ trace: StepTrace, _ vocabulary: Vocabulary, test: @escaping Test) {
    self.trace = trace
    self.vocabulary = vocabulary
    self.test = test
  }

  /// Searches.
  ///
  /// - Returns: The smallest case that shows the finding; `nil` when not even all the steps together
  ///   do.
  nonisolated(nonsending) mutating func smallest() async -> CaseRun? {
    guard await leaveOutSteps() else { return nil }
    await makePlain()
    return run
  }

  /// Says less in the steps that are left.
  private nonisolated(nonsending) mutating func makePlain() async {
    let all = Set(0..<trace.count)
    guard await !attempt(all, plainly: all), trace.count > 1 else { return }
    for place in all.sorted() where place < trace.count && plays < Self.maximumPlays {
      _ = await attempt(Set(0..<trace.count), plainly: [place])
    }
  }

  /// Leaves out as many steps as possible.
  ///
  /// - Returns: Whether the steps show the finding at all.
  private nonisolated(nonsending) mutating func leaveOutSteps() async -> Bool {
    let foundation = trace.foundation(vocabulary)
    if foundation.count < trace.count { _ = await attempt(foundation) }
    if run == nil, await !attempt(Set(0..<trace.count)) { return false }
    var size = max(1, trace.count / 2)
    while true {
      var end = trace.count
      var isSmaller = false
      while end > 0 {
        let begin = max(0, end - size)
        var kept = Set(0..<trace.count)
        kept.subtract(begin..<end)
        let count = trace.count
        if !kept.isEmpty, await attempt(kept) {
          isSmaller = true
          // Steps behind those that are gone may have gone too.
          end = min(begin, trace.count)
        } else {
          end = begin
        }
        if plays >= Self.maximumPlays || count == 1 { return true }
      }
      if size > 1 {
        size /= 2
      } else if !isSmaller {
        return true
      }
    }
  }

  /// Plays a case with some of the steps, and goes on with it when it shows the finding.
  private nonisolated(nonsending) mutating func attempt(
    _ kept: Set<Int>,
    plainly plain: Set<Int> = []
  ) async -> Bool {
    plays += 1
    let log = trace.log(keeping: kept.contains, plainly: plain.contains)
    guard let (smaller, shows) = await test(log), shows,
      let taken = StepTrace(smaller, vocabulary)
    else { return false }
    trace = taken
    run = smaller
    return true
  }
}

extension StepTrace {
  /// The steps that the last one builds on: those that brought the values that it uses, those about the
  /// same things, what must come before on the same connection, and who listens.
  func foundation(_ vocabulary: Vocabulary) -> Set<Int> {
    guard let last = steps.indices.last else { return [] }
    var needed: Set<Int> = [last]
    // Going backwards, whatever a step needs is before it.
    for place in steps.indices.dropLast().reversed() where isNeeded(place, needed, vocabulary) {
      needed.insert(place)
    }
    return needed
  }

  private func isNeeded(_ place: Int, _ needed: Set<Int>, _ vocabulary: Vocabulary) -> Bool {
    let step = steps[place]
    // What ends a connection that goes on later matters as much as what is said on it.
    guard let (entry, value) = step.payload else {
      return needed.contains { steps[$0].connection == step.connection }
    }
    let effects = vocabulary.entries[entry].operation.effects
    if effects.subscription != nil { return true }
    let things = step.things(value, effects)
    return needed.contains { later in
      guard let (other, said) = steps[later].payload else { return false }
      let others = vocabulary.entries[other].operation.effects
      if steps[later].connection == step.connection,
        others.requires.contains(vocabulary.entries[entry].operation.name)
      {
        return true
      }
      return !things.isDisjoint(with: steps[later].things(said, others))
    }
  }
}

extension StepTrace.Step {
  /// The ids of what the step makes, or is about.
  fileprivate func things(_ value: JSONValue, _ effects: OperationEffects) -> Set<JSONValue> {
    guard let effect = effects.state else { return [] }
    let document = effect.kind == .create ? heard.first?.value : value
    return document?[effect.id].map { [$0] } ?? []
  }
}
