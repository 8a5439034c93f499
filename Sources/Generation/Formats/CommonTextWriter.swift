import JSONSchema

/// Writes texts that match several patterns at once and avoid others, from choices.
///
/// Nothing is tried out: the automaton of all patterns together says for each character whether the
/// text can still be finished in the length that was chosen.
struct CommonTextWriter {
  /// How many lengths above the least there are to choose from.
  static let usualLengths = 64
  /// Most pairs of a state and a number of characters that are looked at.
  static let maximumWork = 2_000_000

  private let automaton: PatternIntersection
  /// The letters, the simplest first.
  private let order: [Int]
  /// The lengths that texts can have, ascending; not all where there are many.
  let lengths: [Int]
  /// Whether a text can be finished, by the number of characters that are left and the state.
  private let canFinish: [[Bool]]

  /// Puts the patterns together; `nil` when that is not possible.
  init?(matching: [ECMAPattern], avoiding: [ECMAPattern], lengths: ClosedRange<Int>) {
    guard let automaton = PatternIntersection(matching: matching, avoiding: avoiding) else {
      return nil
    }
    self.automaton = automaton
    let ranks = automaton.letters.map { letter in
      ScalarOrder.simplest(in: letter).map(ScalarOrder.rank) ?? .max
    }
    order = ranks.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
    // The shortest text is no longer than there are states.
    let room = max(Self.usualLengths, automaton.stateCount)
    let longest = min(
      lengths.upperBound,
      lengths.lowerBound.addingReportingOverflow(room).partialValue
    )
    let step = automaton.stateCount * automaton.letters.count
    guard longest >= lengths.lowerBound, longest <= Self.maximumWork / max(1, step) else {
      return nil
    }
    var canFinish = [(0..<automaton.stateCount).map(automaton.isAccepting)]
    for left in 0..<longest {
      canFinish.append(
        (0..<automaton.stateCount).map { state in
          automaton.letters.indices.contains { letter in
            automaton.state(after: state, letter: letter).map { canFinish[left][$0] } ?? false
          }
        }
      )
    }
    self.canFinish = canFinish
    self.lengths = (lengths.lowerBound...longest).filter { canFinish[$0][0] }
  }

  /// Writes a text; `nil` when there is none.
  func write(from source: inout ChoiceSource) -> String? {
    guard !lengths.isEmpty else { return nil }
    let length = lengths[source.index(below: lengths.count)]
    var text = String.UnicodeScalarView()
    var state = 0
    for left in (0..<length).reversed() {
      let ways = order.compactMap { letter -> (letter: Int, target: Int)? in
        guard let target = automaton.state(after: state, letter: letter), canFinish[left][target]
        else { return nil }
        return (letter, target)
      }
      guard !ways.isEmpty else { return nil }
      let way = ways[ways.count > 1 ? source.index(below: ways.count) : 0]
      state = way.target
      let letter = automaton.letters[way.letter]
      if let only = letter.onlyMember.flatMap(Unicode.Scalar.init) {
        text.append(only)
      } else {
        let bounds = StringBounds(lengths: 1...1, alphabet: letter)
        text.append(contentsOf: source.string(bounds).unicodeScalars)
      }
    }
    return String(text)
  }
}
