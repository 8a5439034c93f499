/// The texts that all of some patterns match and none of others: one automaton over characters.
///
/// Patterns with look-around or backreferences have no such automaton.
package struct PatternIntersection: Sendable {
  /// Most states; patterns that need more are not put together.
  package static let maximumStates = 2_000
  /// Most places of one pattern's automaton.
  static let maximumAutomatonSize = 10_000

  /// The characters in groups that no pattern tells apart.
  package let letters: [ScalarSet]
  /// How many states there are; the first one is that before the text.
  package private(set) var stateCount = 0
  /// The next state by state and letter; -1 where no text that goes on like this is one.
  private var targets: [Int32] = []
  private var accepting: [Bool] = []

  /// Puts patterns together; `nil` when there is no automaton for one, or it would be too large.
  ///
  /// - Parameters:
  ///   - matching: Patterns that must occur in a text.
  ///   - avoiding: Patterns that must not.
  package init?(matching: [ECMAPattern], avoiding: [ECMAPattern] = []) {
    let patterns = matching + avoiding
    let letters = Self.letters(of: patterns.map(\.tree))
    self.letters = letters
    var machines: [DeterministicAutomaton] = []
    for pattern in patterns {
      let bytes = try? ByteAutomaton(pattern.tree, limit: Self.maximumAutomatonSize)
      guard let bytes else { return nil }
      machines.append(DeterministicAutomaton(bytes))
    }
    let spellings = letters.map { $0.ranges.first.map { Self.utf8($0.lowerBound) } ?? [] }
    var numbers: [[UInt32]: Int32] = [:]
    var states = [machines.map(\.initial)]
    numbers[states[0]] = 0
    var next = 0
    while next < states.count {
      let state = states[next]
      next += 1
      for spelling in spellings {
        var target: [UInt32] = []
        for place in machines.indices {
          guard let after = machines[place].state(after: state[place], reading: spelling) else {
            return nil
          }
          target.append(after)
        }
        guard Self.isAlive(target, matching: matching.count) else {
          targets.append(-1)
          continue
        }
        if let known = numbers[target] {
          targets.append(known)
          continue
        }
        guard states.count < Self.maximumStates else { return nil }
        numbers[target] = Int32(states.count)
        targets.append(Int32(states.count))
        states.append(target)
      }
      let ends = machines.indices.map { machines[$0].isMatch(endingIn: state[$0]) }
      accepting.append(
        ends.prefix(matching.count).allSatisfy { $0 }
          && !ends.dropFirst(matching.count).contains(true)
      )
    }
    stateCount = states.count
  }

  /// The state after a letter; `nil` where no text that goes on like this is one.
  package func state(after state: Int, letter: Int) -> Int? {
    let target = targets[state * letters.count + letter]
    return target < 0 ? nil : Int(target)
  }

  /// Whether a text may end in a state.
  package func isAccepting(_ state: Int) -> Bool { accepting[state] }

  /// Whether the patterns leave something open in these states.
  private static func isAlive(_ states: [UInt32], matching count: Int) -> Bool {
    !states.prefix(count).contains(DeterministicAutomaton.dead)
      && !states.dropFirst(count).contains(DeterministicAutomaton.accepting)
  }
}

// MARK: - Letters

extension PatternIntersection {
  /// Divides all characters into groups of which each set in the patterns has all or none.
  private static func letters(of trees: [PatternNode]) -> [ScalarSet] {
    var sets: Set<ScalarSet> = []
    for tree in trees { collect(tree, into: &sets) }
    var borders: Set<UInt32> = [0, 0xD800, 0xE000]
    for range in sets.flatMap(\.ranges) {
      borders.insert(range.lowerBound)
      borders.insert(range.upperBound + 1)
    }
    let begins = borders.filter { $0 <= 0x10_FFFF }.sorted()
    let ordered = sets.sorted { $0.ranges.lexicographicallyPrecedes($1.ranges, by: isBefore) }
    var groups: [[Bool]: Int] = [:]
    var ranges: [[ClosedRange<UInt32>]] = []
    for (place, begin) in begins.enumerated() where begin != 0xD800 {
      let end = place + 1 < begins.count ? begins[place + 1] - 1 : 0x10_FFFF
      let members = ordered.map { $0.contains(begin) }
      if let group = groups[members] {
        ranges[group].append(begin...end)
      } else {
        groups[members] = ranges.count
        ranges.append([begin...end])
      }
    }
    return ranges.map { ScalarSet($0) }
  }

  private static func isBefore(_ left: ClosedRange<UInt32>, _ right: ClosedRange<UInt32>) -> Bool {
    (left.lowerBound, left.upperBound) < (right.lowerBound, right.upperBound)
  }

  private static func collect(_ node: PatternNode, into sets: inout Set<ScalarSet>) {
    switch node {
    case .scalar(let scalar): sets.insert(ScalarSet(scalar))
    case .set(let set): sets.insert(set)
    case .wordBoundary: sets.insert(.wordCharacters)
    default: break
    }
    for child in node.children { collect(child, into: &sets) }
  }

  private static func utf8(_ scalar: UInt32) -> [UInt8] {
    Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) } ?? []
  }
}
