extension ProgramBuilder {
  /// Keeps a pattern, each only once.
  mutating func place(_ pattern: ECMAPattern) -> UInt32 {
    if let known = patternIndexes[ByteKey(pattern.source)] { return known }
    let index = UInt32(parts.patterns.count)
    parts.patterns.append(pattern)
    parts.patternRules.append(rule(for: pattern))
    patternIndexes[ByteKey(pattern.source)] = index
    return index
  }

  private mutating func rule(for pattern: ECMAPattern) -> PatternRule {
    guard let row = CharacterRuns(pattern.tree) else { return PatternRule() }
    var runs: [CharacterRunRule] = []
    for run in row.runs {
      guard let bit = bit(for: run.characters) else { return PatternRule() }
      runs.append(.init(bit: bit, minimum: run.minimum, maximum: run.maximum))
    }
    let minimumLength = runs.reduce(0) { $0 &+ min($1.minimum, 1 << 40) }
    let rule = PatternRule(
      firstRun: UInt32(parts.characterRuns.count),
      runCount: UInt32(runs.count),
      isRow: true,
      isAnchoredAtEnd: row.isAnchoredAtEnd,
      minimumLength: minimumLength
    )
    parts.characterRuns += runs
    return rule
  }

  /// The bit of a class of characters, or `nil` when all bits are taken.
  private mutating func bit(for characters: ScalarSet) -> UInt64? {
    if let known = characterBits[characters] { return known }
    guard characterBits.count < 64 else { return nil }
    let bit: UInt64 = 1 << UInt64(characterBits.count)
    characterBits[characters] = bit
    for range in characters.ranges {
      for scalar in range { parts.characterClasses[Int(scalar)] |= bit }
    }
    return bit
  }
}
