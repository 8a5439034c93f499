extension PatternParser {
  /// Reads a character class; the bracket is read already.
  ///
  /// Spec: ECMA-262 §22.2.1 `CharacterClass`.
  mutating func characterClass(openedAt begin: Int) throws(ECMAPatternError) -> PatternNode {
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var sets = ScalarSet.none
    while true {
      guard peek != nil else { throw error("'[' is never closed", at: begin) }
      if take("]") { break }
      let lowOffset = position
      let low = try classAtom()
      guard isRangeDash() else {
        switch low {
        case .scalar(let scalar): ranges.append(scalar...scalar)
        case .set(let set): sets = sets.union(set)
        }
        continue
      }
      position += 1
      let high = try classAtom()
      guard case .scalar(let lower) = low, case .scalar(let upper) = high else {
        throw error("a set such as '\\w' cannot be the end of a range", at: lowOffset)
      }
      guard lower <= upper else {
        throw error("the range is out of order", at: lowOffset)
      }
      ranges.append(lower...upper)
    }
    let set = ScalarSet(ranges).union(sets)
    return .set(isNegated ? set.inverted : set)
  }

  /// Whether a dash comes next that has something after it other than the end of the class.
  private func isRangeDash() -> Bool {
    peek == "-" && position + 1 < scalars.count && scalars[position + 1] != 0x5D
  }

  private mutating func classAtom() throws(ECMAPatternError) -> Escape {
    let begin = position
    guard let character = advance() else { throw error("the class is never closed", at: begin) }
    guard character == "\\" else { return .scalar(character.value) }
    return try characterEscape(openedAt: begin, inClass: true)
  }
}
