/// A pattern that is a row of characters from ASCII classes, as most patterns for identifiers are:
/// `^[a-z]{2}-[0-9]{1,4}$`.
///
/// Such a pattern needs no automaton: each run takes as many characters as it can get, which is right
/// because a run of varying length shares no character with what may follow it.
struct CharacterRuns {
  /// Characters of one class, so many times.
  struct Run {
    var characters: ScalarSet
    var minimum: Int
    /// `Int.max` for no limit.
    var maximum: Int
  }

  private(set) var runs: [Run] = []
  /// Whether the text must end with the last run.
  private(set) var isAnchoredAtEnd = false

  /// Takes a pattern apart.
  ///
  /// - Returns: `nil` when it is something else.
  init?(_ tree: PatternNode) {
    var parts: [PatternNode] = []
    Self.flatten(tree, into: &parts)
    guard parts.first == .start else { return nil }
    parts.removeFirst()
    if parts.last == .end {
      isAnchoredAtEnd = true
      parts.removeLast()
    }
    for part in parts {
      guard let run = Self.run(part) else { return nil }
      append(run)
    }
    guard runs.count <= 32, isDeterministic else { return nil }
  }

  private static func flatten(_ node: PatternNode, into parts: inout [PatternNode]) {
    switch node {
    case .sequence(let nodes): for node in nodes { flatten(node, into: &parts) }
    case .group(let inner, index: _, name: _): flatten(inner, into: &parts)
    case .empty: break
    default: parts.append(node)
    }
  }

  private static func run(_ node: PatternNode) -> Run? {
    switch node {
    case .scalar(let scalar):
      return scalar < 0x80 ? Run(characters: ScalarSet(scalar), minimum: 1, maximum: 1) : nil
    case .set(let set):
      guard let last = set.ranges.last, last.upperBound < 0x80 else { return nil }
      return Run(characters: set, minimum: 1, maximum: 1)
    case .group(let inner, index: _, name: _):
      return run(inner)
    case .repetition(let inner, let bounds):
      guard let one = run(inner), one.minimum == 1, one.maximum == 1 else { return nil }
      return Run(
        characters: one.characters,
        minimum: bounds.minimum,
        maximum: bounds.maximum ?? .max
      )
    default:
      return nil
    }
  }

  /// Adds a run, joined with the one before where that has the same class and a fixed length.
  private mutating func append(_ run: Run) {
    if let last = runs.last, last.characters == run.characters, last.minimum == last.maximum,
      run.minimum == run.maximum
    {
      runs[runs.count - 1].minimum += run.minimum
      runs[runs.count - 1].maximum += run.maximum
    } else if run.maximum > 0 {
      runs.append(run)
    }
  }

  private var isDeterministic: Bool {
    for (index, run) in runs.enumerated() where run.minimum < run.maximum {
      for other in runs[(index + 1)...] {
        guard run.characters.intersection(other.characters).isEmpty else { return false }
        if other.minimum > 0 { break }
      }
    }
    return true
  }
}
