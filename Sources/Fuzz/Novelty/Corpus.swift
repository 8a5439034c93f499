import Generation

/// Beginnings of cases that led somewhere new, to go on from.
///
/// Which beginnings a case may take depends on its number alone, not on how many cases are under way:
/// what a case found is used from ``lag`` cases later on.
struct Corpus: Sendable {
  /// After how many cases a beginning is used.
  static let lag = 32
  /// How many beginnings are kept.
  static let capacity = 512
  /// How many beginnings a choice compares.
  private static let candidates = 4

  /// The beginning of a case.
  struct Entry: Sendable {
    /// What it decides.
    var log: ChoiceLog
    /// How many steps it has.
    var steps: Int
    /// What is achieved by its end.
    var reached: [Achievement]
    /// The case that found it; 0 for one of an earlier run.
    var number: Int
    /// How often it was gone on from.
    var uses = 0
  }

  private(set) var entries: [Entry] = []

  /// Adds beginnings of an earlier run.
  mutating func add(_ earlier: [Entry]) {
    entries += earlier.prefix(Self.capacity - min(entries.count, Self.capacity))
  }

  /// Keeps what a case found.
  ///
  /// - Parameters:
  ///   - run: The case.
  ///   - number: Its number.
  ///   - steps: The steps that showed something new, ascending.
  mutating func keep(_ run: CaseRun, number: Int, upTo steps: [Int]) {
    guard !steps.isEmpty, entries.count < Self.capacity else { return }
    let achievements = run.achievements
    for step in steps {
      guard entries.count < Self.capacity else { return }
      entries.append(
        Entry(
          log: run.log.prefix(through: .step, count: step),
          steps: step,
          reached: achievements.filter { $0.step <= step }.map(\.achievement),
          number: number
        )
      )
    }
  }

  /// A beginning for a case; `nil` when there is none yet.
  ///
  /// Of a few drawn at random, the one that was used least is taken, and of these the shortest.
  ///
  /// - Parameters:
  ///   - number: The case.
  ///   - random: Draws.
  /// - Returns: What the case begins with.
  mutating func beginning(for number: Int, _ random: inout RandomNumbers) -> Entry? {
    // Entries come in the order of their numbers.
    let visible = entries.prefix { $0.number + Self.lag <= number || $0.number == 0 }.count
    guard visible > 0 else { return nil }
    var best: Int?
    for _ in 0..<Self.candidates {
      let place = random.below(visible)
      guard let present = best else {
        best = place
        continue
      }
      let (left, right) = (entries[place], entries[present])
      if (left.uses, left.steps, place) < (right.uses, right.steps, present) { best = place }
    }
    guard let best else { return nil }
    entries[best].uses += 1
    return entries[best]
  }
}
