extension ChoiceLog {
  /// Adds a part behind what is there.
  ///
  /// - Parameters:
  ///   - label: What the part is.
  ///   - contents: What it decides, with parts of its own.
  package mutating func append(_ label: SpanLabel, _ contents: ChoiceLog) {
    let start = count
    spans.append(Span(label: label, range: start..<start + contents.count, depth: 0))
    spans += contents.spans.map { span in
      Span(
        label: span.label,
        range: span.range.lowerBound + start..<span.range.upperBound + start,
        depth: span.depth + 1
      )
    }
    choices += contents.choices
  }

  /// The log up to the end of a part that lies in no other.
  ///
  /// - Parameters:
  ///   - label: What kind of part it is.
  ///   - count: How many of these parts are kept, those of other kinds before them included.
  /// - Returns: The whole log when it has no more of them.
  package func prefix(through label: SpanLabel, count: Int) -> ChoiceLog {
    var seen = 0
    var cut = self
    for (place, span) in spans.enumerated() where span.depth == 0 {
      if seen == count {
        cut.spans.removeSubrange(place...)
        cut.choices.removeSubrange(span.range.lowerBound...)
        return cut
      }
      if span.label == label { seen += 1 }
    }
    return cut
  }

  /// What a part decides, by itself.
  ///
  /// - Parameter index: The place of the part in ``spans``.
  /// - Returns: Its decisions and the parts within it.
  package func contents(of index: Int) -> ChoiceLog {
    let part = spans[index]
    let begin = part.range.lowerBound
    let behind = spans[(index + 1)...].firstIndex { $0.depth <= part.depth } ?? spans.endIndex
    return ChoiceLog(
      choices: Array(choices[part.range]),
      spans: spans[(index + 1)..<behind].map { span in
        let range = span.range.lowerBound - begin..<span.range.upperBound - begin
        return Span(label: span.label, range: range, depth: span.depth - part.depth - 1)
      }
    )
  }

  /// The log without members that decide nothing but the simplest, which is what is decided without
  /// them too.
  package var withoutSimplestMembers: ChoiceLog {
    var log = self
    var place = 0
    while place < log.spans.count {
      let span = log.spans[place]
      if span.label.kind == .member, log.choices[span.range].allSatisfy(\.isSimplest) {
        // The parts within it go with it.
        log = log.removing(part: place)
      } else {
        place += 1
      }
    }
    return log
  }

  /// The log without a part.
  func removing(part index: Int) -> ChoiceLog {
    var copy = emptying(part: index)
    copy.spans.remove(at: index)
    return copy
  }

  /// The log with a part that decides nothing.
  func emptying(part index: Int) -> ChoiceLog { replacing(part: index, by: ChoiceLog()) }

  /// The log with other contents in one of its parts.
  ///
  /// - Parameters:
  ///   - index: The place of the part in ``spans``.
  ///   - contents: What the part decides, with parts of its own.
  /// - Returns: The log; what stands before and behind the part is as it was.
  package func replacing(part index: Int, by contents: ChoiceLog) -> ChoiceLog {
    let part = spans[index]
    let behind = spans[(index + 1)...].firstIndex { $0.depth <= part.depth } ?? spans.endIndex
    let growth = contents.count - part.range.count
    func grown(_ span: Span) -> Span {
      var span = span
      span.range = span.range.lowerBound..<span.range.upperBound + growth
      return span
    }
    func moved(_ span: Span, by distance: Int, deeper levels: Int = 0) -> Span {
      Span(
        label: span.label,
        range: span.range.lowerBound + distance..<span.range.upperBound + distance,
        depth: span.depth + levels
      )
    }

    var copy = ChoiceLog()
    copy.choices.reserveCapacity(count + growth)
    copy.choices += choices[..<part.range.lowerBound]
    copy.choices += contents.choices
    copy.choices += choices[part.range.upperBound...]

    copy.spans = Array(spans[..<index])
    // The parts around it grow with it.
    var depth = part.depth
    for place in copy.spans.indices.reversed() where copy.spans[place].depth < depth {
      depth = copy.spans[place].depth
      copy.spans[place] = grown(copy.spans[place])
    }
    copy.spans.append(grown(part))
    copy.spans += contents.spans.map {
      moved($0, by: part.range.lowerBound, deeper: part.depth + 1)
    }
    copy.spans += spans[behind...].map { moved($0, by: growth) }
    return copy
  }
}
