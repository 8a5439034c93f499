import JSONSchema

/// Writes texts that match a pattern, from choices.
///
/// Look-around, word boundaries and anchors in odd places are not followed; the text is checked
/// against the pattern afterwards.
struct PatternWriter {
  let pattern: ECMAPattern
  /// The greatest number of characters of a class whose number is not limited.
  static let maximumCharacters = 64
  /// The greatest number of repetitions of any other part.
  static let maximumRepetitions = 16

  /// Patterns whose texts are all longer are not written.
  static let maximumLength = 1_000_000

  private let tree: Part
  private let isOpenAtStart: Bool
  private let isOpenAtEnd: Bool
  private let hasReferences: Bool

  /// A part of the pattern with the lengths that it can have.
  private indirect enum Part {
    case nothing
    case text(String, length: Int)
    case set(StringBounds)
    case sequence([Element], lengths: ClosedRange<Int>)
    case alternation([Part], lengths: ClosedRange<Int>)
    case repetition(Part, counts: ClosedRange<Int>, lengths: ClosedRange<Int>)
    case capture(Part, index: Int)
    case reference([Int])

    var lengths: ClosedRange<Int> {
      switch self {
      case .nothing: 0...0
      case .text(_, let length): length...length
      case .set: 1...1
      case .sequence(_, let lengths), .alternation(_, let lengths),
        .repetition(_, counts: _, let lengths):
        lengths
      case .capture(let part, index: _): part.lengths
      case .reference: 0...PatternWriter.longest
      }
    }
  }

  /// A part of a sequence, with the lengths of all that follows it.
  private struct Element {
    var part: Part
    var laterLow: Int
    var laterHigh: Int
  }

  /// Stands for lengths without limit.
  private static let longest = 1 << 40

  init(_ pattern: ECMAPattern) {
    self.pattern = pattern
    tree = Self.part(pattern.tree)
    hasReferences = pattern.tree.contains { if case .backreference = $0 { true } else { false } }
    isOpenAtStart = !pattern.tree.begins(with: .start)
    isOpenAtEnd = !pattern.tree.begins(with: .end)
  }

  private static func part(_ node: PatternNode) -> Part {
    switch node {
    case .empty, .start, .end, .wordBoundary, .look: return .nothing
    case .scalar(let scalar):
      return Unicode.Scalar(scalar).map { .text(String(Character($0)), length: 1) } ?? .nothing
    case .set(let set): return .set(StringBounds(lengths: 1...1, alphabet: set))
    case .sequence(let nodes):
      var parts: [Part] = []
      for part in nodes.map(part) {
        switch (parts.last, part) {
        case (_, .nothing): continue
        case (.text(let text, let length), .text(let more, let moreLength)):
          parts[parts.count - 1] = .text(text + more, length: length + moreLength)
        default: parts.append(part)
        }
      }
      if parts.count == 1 { return parts[0] }
      var elements: [Element] = []
      var low = 0
      var high = 0
      for part in parts.reversed() {
        elements.append(Element(part: part, laterLow: low, laterHigh: high))
        low = min(longest, low + part.lengths.lowerBound)
        high = min(longest, high + part.lengths.upperBound)
      }
      return .sequence(elements.reversed(), lengths: low...high)
    case .alternation(let nodes):
      let parts = nodes.map(part)
      let low = parts.map(\.lengths.lowerBound).min() ?? 0
      let high = parts.map(\.lengths.upperBound).max() ?? 0
      return .alternation(parts, lengths: low...high)
    case .repetition(let inner, let bounds):
      let part = part(inner)
      let least = min(bounds.minimum, longest)
      let greatest = min(bounds.maximum ?? longest, longest)
      let low = least.multipliedReportingOverflow(by: part.lengths.lowerBound)
      let high = greatest.multipliedReportingOverflow(by: part.lengths.upperBound)
      let shortest = low.overflow ? longest : min(longest, low.partialValue)
      let longest = high.overflow ? Self.longest : min(Self.longest, high.partialValue)
      return .repetition(part, counts: least...greatest, lengths: shortest...longest)
    case .group(let inner, let index, name: _): return .capture(part(inner), index: index)
    case .backreference(let indexes): return .reference(indexes)
    }
  }

  /// The lengths that texts with a match can have, as far as the pattern says it.
  var textLengths: ClosedRange<Int> {
    let lengths = tree.lengths
    let isOpen = isOpenAtStart || isOpenAtEnd || lengths.upperBound >= Self.longest
    return lengths.lowerBound...(isOpen ? Int.max : lengths.upperBound)
  }

  /// Writes a text, of a length within bounds where the pattern allows that.
  func write(from source: inout ChoiceSource, lengths: ClosedRange<Int>) -> String {
    var output = Output()
    let shortest = tree.lengths.lowerBound
    guard shortest <= Self.maximumLength else { return "" }
    var window = lengths
    if isOpenAtStart || isOpenAtEnd {
      let missing = max(0, lengths.lowerBound - tree.lengths.upperBound)
      let room = max(missing, min(lengths.upperBound - shortest, missing + 8))
      let isSurrounded = missing > 0 || source.boolean(chance: 48)
      if isSurrounded, room > 0 {
        let bounds = StringBounds(lengths: missing...room)
        let text = source.string(bounds)
        let count = text.unicodeScalars.count
        if isOpenAtStart, !isOpenAtEnd || source.boolean() {
          output.append(text, count: count)
        } else {
          output.suffix = text
        }
        let low = max(0, lengths.lowerBound - count)
        window = low...max(low, lengths.upperBound - count)
      }
    }
    write(tree, window, &output, from: &source)
    return output.text + output.suffix
  }

  private struct Output {
    private(set) var text = ""
    /// The number of scalars in the text.
    private(set) var count = 0
    var suffix = ""
    var captures: [Int: String] = [:]

    mutating func append(_ more: String) { append(more, count: more.unicodeScalars.count) }

    mutating func append(_ more: String, count added: Int) {
      text += more
      count += added
    }
  }

  private func write(
    _ part: Part,
    _ window: ClosedRange<Int>,
    _ output: inout Output,
    from source: inout ChoiceSource
  ) {
    switch part {
    case .nothing: return
    case .text(let text, let length): output.append(text, count: length)
    case .set(let set):
      output.append(source.string(set), count: 1)
    case .capture(let inner, let index):
      let begin = output.text.utf8.count
      write(inner, window, &output, from: &source)
      if hasReferences {
        output.captures[index] = String(output.text.utf8.dropFirst(begin)) ?? ""
      }
    case .reference(let indexes):
      let captures = output.captures
      output.append(indexes.compactMap { captures[$0] }.first ?? "")
    case .sequence(let parts, lengths: _): write(parts, window, &output, from: &source)
    case .alternation(let parts, lengths: _):
      let fitting = parts.filter { $0.lengths.overlaps(window) }
      let candidates = fitting.isEmpty ? parts : fitting
      write(candidates[source.index(below: candidates.count)], window, &output, from: &source)
    case .repetition(let inner, let counts, lengths: _):
      write(inner, counts, window, &output, from: &source)
    }
  }

  private func write(
    _ elements: [Element],
    _ window: ClosedRange<Int>,
    _ output: inout Output,
    from source: inout ChoiceSource
  ) {
    var low = window.lowerBound
    var high = window.upperBound
    for element in elements {
      let least = max(0, low - element.laterHigh)
      let before = output.count
      let window = least...max(least, high - element.laterLow)
      write(element.part, window, &output, from: &source)
      let written = output.count - before
      low = max(0, low - written)
      high = max(0, high - written)
    }
  }

  private func write(
    _ inner: Part,
    _ counts: ClosedRange<Int>,
    _ window: ClosedRange<Int>,
    _ output: inout Output,
    from source: inout ChoiceSource
  ) {
    let one = inner.lengths
    var least = counts.lowerBound
    // What may be empty is empty in all repetitions but the first few.
    if one.lowerBound == 0 { least = min(least, Self.maximumRepetitions) }
    if one.upperBound > 0 {
      least = max(least, (window.lowerBound + one.upperBound - 1) / one.upperBound)
    }
    var greatest = counts.upperBound
    if one.lowerBound > 0 { greatest = min(greatest, window.upperBound / one.lowerBound) }
    if counts.upperBound >= Self.longest, window.upperBound >= Self.longest / 2 {
      greatest = min(greatest, least + Self.maximumCharacters)
    }
    least = min(least, counts.upperBound)
    greatest = max(least, greatest)
    if case .set(let set) = inner {
      let bounds = StringBounds(lengths: least...greatest, alphabet: set.alphabet)
      let text = source.string(bounds)
      let isASCII = set.alphabet.ranges.last.map { $0.upperBound < 128 } ?? true
      output.append(text, count: isASCII ? text.utf8.count : text.unicodeScalars.count)
      return
    }
    let limit = least...min(greatest, least + Self.maximumRepetitions)
    let target = source.target(within: limit)
    var count = 0
    var low = window.lowerBound
    var high = window.upperBound
    while true {
      source.beginSpan(.item)
      defer { source.endSpan() }
      guard source.more(than: count, within: limit, target: target) else { return }
      count += 1
      let later = max(0, least - count) * one.lowerBound
      let before = output.count
      let isLast = count >= limit.upperBound
      let wanted = isLast ? low : 0
      write(inner, wanted...max(wanted, high - later), &output, from: &source)
      let written = output.count - before
      low = max(0, low - written)
      high = max(0, high - written)
    }
  }
}

extension PatternNode {
  /// Whether every text that matches has this assertion at its beginning (`^`) or end (`$`).
  fileprivate func begins(with assertion: PatternNode) -> Bool {
    switch self {
    case assertion: true
    case .sequence(let nodes):
      (assertion == .start ? nodes.first : nodes.last)?.begins(with: assertion) ?? false
    case .alternation(let branches): branches.allSatisfy { $0.begins(with: assertion) }
    case .group(let inner, index: _, name: _): inner.begins(with: assertion)
    default: false
    }
  }
}
