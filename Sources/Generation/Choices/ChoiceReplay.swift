/// A place in a log that is played again.
///
/// Spec: parts are entered by label. A part that the log lacks says nothing; parts that nobody asks
/// for are passed over.
struct ChoiceReplay: Sendable {
  enum Kind {
    case boolean, index, integer, string
  }

  private let choices: [Choice]
  private let spans: [Span]
  /// For each part, the first one after it that is not within it.
  private let following: [Int]
  private var position = 0
  private var nextSpan = 0
  private var entered: [Entered] = []
  private var end: Int

  private struct Entered {
    /// The part in the log, or `nil` when the log lacks it.
    var span: Int?
    /// The end of the part around it.
    var outerEnd: Int
  }

  init(_ log: ChoiceLog) {
    choices = log.choices
    spans = log.spans
    end = log.choices.count
    var following = [Int](repeating: log.spans.count, count: log.spans.count)
    var open: [Int] = []
    for (index, span) in log.spans.enumerated() {
      while let last = open.last, log.spans[last].depth >= span.depth {
        following[last] = index
        open.removeLast()
      }
      open.append(index)
    }
    self.following = following
  }

  private var depth: Int { entered.last?.span.map { spans[$0].depth + 1 } ?? 0 }

  /// The next choice of the current part, when it is of the kind asked for.
  mutating func next(_ kind: Kind) -> Choice? {
    if let current = entered.last, current.span == nil { return nil }
    skipPartsAtPosition()
    guard position < end, kind.fits(choices[position]) else { return nil }
    position += 1
    return choices[position - 1]
  }

  private mutating func skipPartsAtPosition() {
    while nextSpan < spans.count, spans[nextSpan].depth == depth {
      let range = spans[nextSpan].range
      guard range.upperBound <= end, range.lowerBound <= position else { return }
      position = max(position, range.upperBound)
      nextSpan = following[nextSpan]
    }
  }

  /// Whether there is such a part still to come, beside the present place.
  func hasPart(_ label: SpanLabel) -> Bool {
    var candidate = nextSpan
    while candidate < spans.count, spans[candidate].depth == depth {
      if spans[candidate].label == label { return true }
      candidate = following[candidate]
    }
    return false
  }

  mutating func enter(_ label: SpanLabel) {
    let isLost = entered.last.map { $0.span == nil } ?? false
    var candidate = nextSpan
    while !isLost, candidate < spans.count, spans[candidate].depth == depth,
      spans[candidate].range.upperBound <= end
    {
      if spans[candidate].label == label {
        entered.append(Entered(span: candidate, outerEnd: end))
        position = spans[candidate].range.lowerBound
        end = spans[candidate].range.upperBound
        nextSpan = candidate + 1
        return
      }
      candidate = following[candidate]
    }
    entered.append(Entered(span: nil, outerEnd: end))
  }

  mutating func leave() {
    guard let current = entered.popLast() else { return }
    end = current.outerEnd
    if let span = current.span {
      position = spans[span].range.upperBound
      nextSpan = following[span]
    }
  }
}

extension ChoiceReplay.Kind {
  fileprivate func fits(_ choice: Choice) -> Bool {
    switch (self, choice) {
    case (.boolean, .boolean), (.index, .index), (.integer, .integer), (.string, .string): true
    default: false
    }
  }
}
