extension ECMAPattern {
  /// The same verdict, found by trying one way after the other: slow, and a check on the automaton.
  package func verdictByTrial(on text: String) -> MatchVerdict {
    guard
      let program = try? PatternProgram(
        tree,
        isStateless: false,
        limit: PatternMatcher.maximumAutomatonSize
      )
    else { return .tooCostly }
    return Array(text.utf8).withUnsafeBufferPointer {
      Backtracker.verdict(onUTF8: $0, stateless: nil, counting: program)
    }
  }
}
