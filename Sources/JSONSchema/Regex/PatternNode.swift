/// The syntax tree of a pattern.
///
/// Spec: ECMA-262 §22.2.1 (flag `u`).
package indirect enum PatternNode: Hashable, Sendable {
  /// Nothing: matches without reading.
  case empty
  /// Exactly this scalar.
  case scalar(UInt32)
  /// Any one scalar of the set; with an empty set it never matches.
  case set(ScalarSet)
  /// One after the other.
  case sequence([PatternNode])
  /// Any one of them.
  case alternation([PatternNode])
  /// The node again and again.
  case repetition(PatternNode, bounds: RepetitionBounds)
  /// A group that is captured under its index (from 1) and, where it has one, its name.
  case group(PatternNode, index: Int, name: String?)
  /// `^`: the beginning of the text.
  case start
  /// `$`: the very end of the text.
  case end
  /// `\b`, or `\B` when negated.
  case wordBoundary(isNegated: Bool)
  /// A look-ahead or look-behind.
  case look(PatternNode, LookAround)
  /// The text of the group that took part; of several with one name at most one did.
  case backreference([Int])
}

/// How often a node repeats.
package struct RepetitionBounds: Hashable, Sendable {
  /// The least number of times.
  package var minimum: Int
  /// The greatest number of times; `nil` for no limit.
  package var maximum: Int?
  /// Whether fewer repetitions are tried first; makes no difference to whether a text matches.
  package var isLazy: Bool

  /// Takes the bounds of a quantifier.
  package init(minimum: Int, maximum: Int?, isLazy: Bool = false) {
    self.minimum = minimum
    self.maximum = maximum
    self.isLazy = isLazy
  }
}

/// Which kind of look-around.
package struct LookAround: Hashable, Sendable {
  /// Whether it looks at the text before the position.
  package var isBehind: Bool
  /// Whether it must not match.
  package var isNegated: Bool
}

extension PatternNode {
  /// The direct parts of this node.
  package var children: [PatternNode] {
    switch self {
    case .sequence(let nodes), .alternation(let nodes): nodes
    case .repetition(let node, bounds: _), .group(let node, index: _, name: _), .look(let node, _):
      [node]
    default: []
    }
  }

  /// Whether this node or a part of it fulfils the condition.
  package func contains(where condition: (PatternNode) -> Bool) -> Bool {
    condition(self) || children.contains { $0.contains(where: condition) }
  }
}
