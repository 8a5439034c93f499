import Contract

/// The rules on the body of a message, ready to be looked up by path.
///
/// Spec: Pact V3 "Matching Rules", "Matcher selection algorithm".
struct RuleSet: Sendable {
  /// The rules of one path.
  struct Rule: Sendable {
    let path: PathExpression
    let combine: MatchingRules.Combine
    let matchers: [CompiledMatcher]
  }

  /// The rules that apply to a value.
  struct Selection {
    let rule: Rule
    /// Whether they come from something around the value.
    let isCascaded: Bool
  }

  private let rules: [Rule]

  /// Takes rules; a path that cannot be read is left out, as readers report it before.
  init(_ entries: [MatchingRules.Entry]) {
    rules = entries.compactMap { entry in
      guard !entry.matchers.isEmpty, let path = try? PathExpression(entry.path) else { return nil }
      return Rule(
        path: path,
        combine: entry.combine,
        matchers: entry.matchers.map(CompiledMatcher.init)
      )
    }
  }

  init(rules: [Rule]) { self.rules = rules }

  /// One rule that asks every value to be equal.
  static let equality = RuleSet(
    rules: [
      Rule(
        path: PathExpression(tokens: []),
        combine: .and,
        matchers: [CompiledMatcher(.equality)]
      )
    ]
  )

  /// The rules with the highest weight for a value, or `nil` when none applies.
  ///
  /// Where the official engine picks one of several paths of equal weight at random, this one takes
  /// the longer path, then the one that is more specific from the left (a name before `[*]` before
  /// `.*`), then the one whose text comes first.
  func best(at path: ValuePath) -> Selection? {
    var best: (rule: Rule, weight: Int, isExact: Bool)?
    for rule in rules {
      guard let (weight, isExact) = rule.path.fit(to: path) else { continue }
      if let current = best,
        weight < current.weight || weight == current.weight && !rule.isPreferred(to: current.rule)
      {
        continue
      }
      best = (rule, weight, isExact)
    }
    return best.map { Selection(rule: $0.rule, isCascaded: !$0.isExact) }
  }

  /// All rules that apply to a value, whatever their weight.
  func fitting(_ path: ValuePath) -> [Rule] { rules.filter { $0.path.fit(to: path) != nil } }

  /// The paths of the highest weight for a value, the one that is taken first; one where there is no
  /// tie.
  func tied(at path: ValuePath) -> [String] {
    guard let best = best(at: path)?.rule, let weight = best.path.weight(of: path) else {
      return []
    }
    let others = rules.filter { rule in
      rule.path.text != best.path.text && rule.path.weight(of: path) == weight
    }
    return [best.path.text] + others.map(\.path.text).sorted()
  }

  /// The rules that stand at the value itself, or `nil` when there are none.
  func direct(at path: ValuePath) -> Rule? {
    let rules = rules.filter { $0.path.fitsExactly(path) }
    return RuleSet(rules: rules).best(at: path)?.rule
  }

  /// Whether any rule applies to a value.
  func hasRule(at path: ValuePath) -> Bool { rules.contains { $0.path.weight(of: path) != nil } }
}

extension RuleSet.Rule {
  /// Whether this rule wins over one of equal weight.
  fileprivate func isPreferred(to other: RuleSet.Rule) -> Bool {
    if path.tokens.count != other.path.tokens.count {
      return path.tokens.count > other.path.tokens.count
    }
    for (left, right) in zip(path.tokens, other.path.tokens)
    where left.specificity != right.specificity {
      return left.specificity > right.specificity
    }
    return path.text.utf8.lexicographicallyPrecedes(other.path.text.utf8)
  }
}
