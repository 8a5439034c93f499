import JSON

/// Judging while noting what was looked at, for `unevaluatedProperties` and `unevaluatedItems`.
///
/// Notes of a schema that fails are lost: either all fails with it, or it was tried with notes of its
/// own.
///
/// Spec: 2020-12 Core §11.
extension Verdict {
  /// Runs a list with fresh notes and hands them to the caller when it accepts.
  @inline(never)
  func withNotes(
    _ list: UInt32,
    _ node: Int,
    _ depth: Depth,
    _ accepted: (Notes) -> Void
  ) -> Bool {
    let size = Notes.size(tape.childCount(of: node))
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(size, 1)) { words in
      words.initialize(repeating: 0)
      let notes = Notes(words: words)
      guard runTracked(list, node, depth, notes) else { return false }
      accepted(notes)
      return true
    }
  }

  /// Runs a list with notes that nobody else needs.
  @inline(never)
  func runWithNotes(_ list: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    withNotes(list, node, depth) { _ in }
  }

  /// Judges by a block that takes notes.
  private func judgeTracked(
    _ block: UInt32,
    _ node: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    let list = entry(block, node)
    if list <= Block.accept { return list == Block.accept }
    return runTracked(list, node, depth, notes)
  }

  /// Judges by a block with notes of its own, which are kept when it accepts.
  private func attempt(_ block: UInt32, _ node: Int, _ depth: Depth, _ notes: Notes) -> Bool {
    let list = entry(block, node)
    if list <= Block.accept { return list == Block.accept }
    return withNotes(list, node, depth) { notes.formUnion($0) }
  }

  /// Runs a list of instructions that takes notes.
  func runTracked(_ list: UInt32, _ node: Int, _ depth: Depth, _ notes: Notes) -> Bool {
    if depth.exceeds(maximumDepth) { return false }
    var next = tables.pointee.instructions + Int(list)
    while true {
      let instruction = next.pointee
      let isFine: Bool
      switch instruction.operation {
      case .accept:
        return true
      case .call:
        isFine = once(next, node, notes) { judgeTracked(instruction.a, node, depth.beside, $0) }
      case .dependentSchema:
        isFine =
          member(instruction.a, of: node) == nil
          || once(next, node, notes) { judgeTracked(instruction.b, node, depth.beside, $0) }
      case .select:
        isFine = judgeSelected(instruction.a, node, depth, notes)
      case .track:
        isFine = once(next, node, notes) { notes in
          withNotes(instruction.a, node, depth.beside) { _ in notes.insertAll() }
        }
      case .arrayTracked:
        isFine = judgeArray(instruction.a, node, depth, notes)
      case .containsTracked:
        isFine = once(next, node, notes) { judgeContains(instruction.a, node, depth, notes: $0) }
      case .objectTracked:
        isFine = judgeObject(instruction.a, node, depth, notes)
      case .anyOfTracked:
        isFine = once(next, node, notes) {
          judgeAnyOf(instruction.a, instruction.b, node, depth, $0)
        }
      case .oneOfTracked:
        isFine = once(next, node, notes) {
          judgeOneOf(instruction.a, instruction.b, node, depth, $0)
        }
      case .conditionTracked:
        isFine = once(next, node, notes) { judgeCondition(instruction.a, node, depth, $0) }
      case .unevaluatedProperties:
        isFine = judgeUnnotedMembers(instruction.a, node, depth, notes)
      case .unevaluatedItems:
        isFine = judgeUnnotedItems(instruction.a, node, depth, notes)
      default:
        isFine = run(next, node, depth, isSingle: true)
      }
      if !isFine { return false }
      next += 1
    }
  }

  private func judgeSelected(
    _ index: UInt32,
    _ node: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    let rule = tables.pointee.selectRules + Int(index)
    guard let value = member(rule.pointee.name, of: node) else {
      let otherwise = rule.pointee.otherwise
      return otherwise != Block.reject && runTracked(otherwise, node, depth.beside, notes)
    }
    guard let block = alternative(rule, value) else { return false }
    return judgeTracked(block, node, depth.beside, notes)
  }

  private func judgeAnyOf(
    _ start: UInt32,
    _ count: UInt32,
    _ node: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    let blocks = tables.pointee.blockList + Int(start)
    var isMatched = false
    // All that match contribute, so none is left out.
    for index in 0..<Int(count) where attempt(blocks[index], node, depth.beside, notes) {
      isMatched = true
    }
    return isMatched
  }

  private func judgeOneOf(
    _ start: UInt32,
    _ count: UInt32,
    _ node: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    let blocks = tables.pointee.blockList + Int(start)
    var isMatched = false
    for index in 0..<Int(count) where attempt(blocks[index], node, depth.beside, notes) {
      if isMatched { return false }
      isMatched = true
    }
    return isMatched
  }

  private func judgeCondition(
    _ index: UInt32,
    _ node: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    let rule = tables.pointee.conditionRules[Int(index)]
    let isMet = attempt(rule.condition, node, depth.beside, notes)
    let branch = isMet ? rule.consequence : rule.alternative
    return branch == .max || judgeTracked(branch, node, depth.beside, notes)
  }

  private func judgeObject(
    _ index: UInt32,
    _ object: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    let rule = tables.pointee.objectRules + Int(index)
    let count = tape.childCount(of: object)
    guard count >= rule.pointee.minimum, count <= rule.pointee.maximum else { return false }
    let table = tables.pointee.nameTables[Int(rule.pointee.table)]
    let entries = tables.pointee.nameEntries + Int(table.first)
    let end = entries + Int(table.count)
    var expected = entries
    var present: UInt64 = 0
    var key = object + 1
    var place = 0
    while true {
      let name = tape.nodes[key]
      if name.kind == .end { break }
      let value = key + 1
      let found = entry(of: key, name, table, expected, end)
      var isDeclared = false
      if let found {
        expected = found + 1
        let bit = found.pointee.bit
        if bit != 0 { present |= 1 &<< UInt64(bit &- 1) }
        isDeclared = found.pointee.isDeclared
        if isDeclared {
          if !judge(found.pointee.payload, value, depth.inside) { return false }
          notes.insert(place)
        }
      }
      if rule.pointee.patternCount != 0, let isMatched = judgePatterns(rule, key, depth) {
        if !isMatched { return false }
        notes.insert(place)
      } else if !isDeclared, rule.pointee.coversRest {
        if !judge(rule.pointee.rest, value, depth.inside) { return false }
        notes.insert(place)
      }
      key = tape.next(after: value)
      place += 1
    }
    return present == rule.pointee.requiredBits
  }

  private func judgeArray(
    _ index: UInt32,
    _ array: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    guard judgeArray(index, array, depth) else { return false }
    let rule = tables.pointee.arrayRules + Int(index)
    if rule.pointee.coversRest {
      notes.insertAll()
    } else {
      let count = min(Int(rule.pointee.prefixCount), tape.childCount(of: array))
      for place in 0..<count { notes.insert(place) }
    }
    return true
  }

  private func judgeUnnotedMembers(
    _ block: UInt32,
    _ object: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    var key = object + 1
    var place = 0
    while tape.kind(of: key) != .end {
      if !notes.contains(place), !judge(block, key + 1, depth.inside) { return false }
      place += 1
      key = tape.next(after: key + 1)
    }
    return true
  }

  private func judgeUnnotedItems(
    _ block: UInt32,
    _ array: Int,
    _ depth: Depth,
    _ notes: Notes
  ) -> Bool {
    var item = array + 1
    var place = 0
    while tape.kind(of: item) != .end {
      if !notes.contains(place), !judge(block, item, depth.inside) { return false }
      place += 1
      item = tape.next(after: item)
    }
    return true
  }
}
