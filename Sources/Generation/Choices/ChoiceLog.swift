/// Everything that a generator decided, in order: the one form in which a generated case is kept,
/// played again and made smaller.
package struct ChoiceLog: Sendable, Hashable {
  /// The decisions.
  package var choices: [Choice]
  /// The parts, each before those within it.
  package var spans: [Span]

  /// Takes decisions and parts.
  package init(choices: [Choice] = [], spans: [Span] = []) {
    self.choices = choices
    self.spans = spans
  }

  /// How many decisions there are.
  package var count: Int { choices.count }

  /// Whether there are none.
  package var isEmpty: Bool { choices.isEmpty }
}

extension ChoiceLog: Comparable {
  /// Shortlex order: fewer choices first, then the log whose first different choice is simpler.
  package static func < (left: ChoiceLog, right: ChoiceLog) -> Bool {
    guard left.choices.count == right.choices.count else {
      return left.choices.count < right.choices.count
    }
    for (left, right) in zip(left.choices, right.choices) {
      if left < right { return true }
      if right < left { return false }
    }
    return false
  }
}
