import JSON

extension Verdict {
  @inline(__always)
  func matches(_ node: Int, pattern: UInt32) -> Bool {
    withText(node) { answer(pattern, $0) == .matches }
  }

  /// Matches a text in the quickest way that the pattern allows.
  @inline(__always)
  func answer(_ pattern: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> MatchVerdict {
    let rule = tables.pointee.patternRules + Int(pattern)
    if rule.pointee.isRow { return isRow(rule, text) ? .matches : .doesNotMatch }
    if let table = AutomatonTables.table(tables.pointee.automatons + Int(pattern)) {
      return table.pointee.matches(text) ? .matches : .doesNotMatch
    }
    return generalAnswer(pattern, text)
  }

  private func isRow(
    _ rule: UnsafePointer<PatternRule>,
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard text.count >= rule.pointee.minimumLength, var next = text.baseAddress else {
      return text.isEmpty && rule.pointee.minimumLength == 0
    }
    let end = next + text.count
    let classes = tables.pointee.characterClasses
    var run = tables.pointee.characterRuns + Int(rule.pointee.firstRun)
    let lastRun = run + Int(rule.pointee.runCount)
    while run < lastRun {
      let bit = run.pointee.bit
      let limit = next + min(run.pointee.maximum, end - next)
      let start = next
      // Four at a time where four are left: one test for all.
      while limit - next >= 4 {
        let all =
          classes[Int(next[0])] & classes[Int(next[1])] & classes[Int(next[2])]
          & classes[Int(next[3])]
        if all & bit == 0 { break }
        next += 4
      }
      while next < limit, classes[Int(next.pointee)] & bit != 0 { next += 1 }
      if next - start < run.pointee.minimum { return false }
      run += 1
    }
    return next == end || !rule.pointee.isAnchoredAtEnd
  }

  @inline(never)
  private func generalAnswer(
    _ pattern: UInt32,
    _ text: UnsafeBufferPointer<UInt8>
  ) -> MatchVerdict {
    frame.pointee.program.automatons.prepare(Int(pattern))
    return tables.pointee.patterns[Int(pattern)].verdict(onUTF8: text)
  }
}
