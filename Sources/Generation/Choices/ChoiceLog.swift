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

extension ChoiceLog {
  /// The log without some of its choices; parts that lose all of them are gone as well.
  package func removing(_ range: Range<Int>) -> ChoiceLog {
    func moved(_ place: Int) -> Int {
      place <= range.lowerBound
        ? place : place >= range.upperBound ? place - range.count : range.lowerBound
    }
    let kept = spans.compactMap { span -> Span? in
      let isWithin =
        range.lowerBound <= span.range.lowerBound
        && span.range.upperBound <= range.upperBound
      guard !isWithin || span.range.isEmpty && !range.contains(span.range.lowerBound) else {
        return nil
      }
      return Span(
        label: span.label,
        range: moved(span.range.lowerBound)..<moved(span.range.upperBound),
        depth: span.depth
      )
    }
    var shorter = choices
    shorter.removeSubrange(range)
    return ChoiceLog(choices: shorter, spans: kept)
  }

  /// The log with one choice replaced.
  package func replacing(at index: Int, with choice: Choice) -> ChoiceLog {
    var copy = self
    copy.choices[index] = choice
    return copy
  }
}
