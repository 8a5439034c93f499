import JSON

extension Verdict {
  @inline(__always)
  func judgeObject(_ index: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    let rule = tables.pointee.objectRules + Int(index)
    let count = tape.childCount(of: node)
    guard count >= rule.pointee.minimum, count <= rule.pointee.maximum else { return false }
    return !rule.pointee.judgesMembers || judgeMembers(rule, node, depth)
  }

  /// Judges member after member, expecting them in the order of the schema.
  private func judgeMembers(
    _ rule: UnsafePointer<ObjectRule>,
    _ object: Int,
    _ depth: Depth
  ) -> Bool {
    let table = tables.pointee.nameTables[Int(rule.pointee.table)]
    let entries = tables.pointee.nameEntries + Int(table.first)
    let end = entries + Int(table.count)
    var expected = entries
    var present: UInt64 = 0
    var key = object + 1
    while true {
      let name = tape.nodes[key]
      if name.kind == .end { break }
      let value = key + 1
      let found = entry(of: key, name, table, expected, end)
      if let found {
        expected = found + 1
        let bit = found.pointee.bit
        if bit != 0 { present |= 1 &<< UInt64(bit &- 1) }
        if found.pointee.isDeclared {
          if !judge(found.pointee.payload, value, depth.inside) { return false }
          if rule.pointee.patternCount != 0, judgePatterns(rule, key, depth) == false {
            return false
          }
          key = tape.next(after: value)
          continue
        }
      }
      if !judgeUndeclared(rule, key, depth) { return false }
      key = tape.next(after: value)
    }
    return present == rule.pointee.requiredBits
  }

  /// The entry of a key: the expected one, or else the one that is looked up.
  @inline(__always)
  func entry(
    of key: Int,
    _ name: JSONTape.Node,
    _ table: NameTable,
    _ expected: UnsafePointer<NameEntry>,
    _ end: UnsafePointer<NameEntry>
  ) -> UnsafePointer<NameEntry>? {
    guard !name.flags.contains(.hasEscapes) else { return find(key, in: table) }
    let text = tape.bytes + name.offset + 1
    let length = name.length
    if expected < end {
      let head = NameTable.head(text, length)
      if isEqual(expected, text, head, NameTable.tail(text, length), length) { return expected }
    }
    return find(text, length, in: table)
  }

  /// Judges a member that `properties` does not name.
  @inline(__always)
  func judgeUndeclared(
    _ rule: UnsafePointer<ObjectRule>,
    _ key: Int,
    _ depth: Depth
  ) -> Bool {
    if rule.pointee.patternCount != 0 {
      guard let isMatched = judgePatterns(rule, key, depth) else {
        return judge(rule.pointee.rest, key + 1, depth.inside)
      }
      return isMatched
    }
    return judge(rule.pointee.rest, key + 1, depth.inside)
  }

  /// Judges a member by all patterns that match its name.
  ///
  /// - Returns: `nil` when none does.
  @inline(never)
  func judgePatterns(
    _ rule: UnsafePointer<ObjectRule>,
    _ key: Int,
    _ depth: Depth
  ) -> Bool? {
    var verdict: Bool?
    let members = tables.pointee.patternMembers + Int(rule.pointee.patterns)
    for index in 0..<Int(rule.pointee.patternCount) {
      let pattern = members[index].pattern
      var answer = MatchVerdict.doesNotMatch
      _ = withText(key) { text in
        answer = self.answer(pattern, text)
        return true
      }
      switch answer {
      case .doesNotMatch: continue
      case .tooCostly: return false
      case .matches:
        let member = members + index
        guard judgeMember(member.pointee.block, key + 1, depth) else { return false }
        verdict = true
      }
    }
    return verdict
  }

  /// Judges a member that other schemas judge too.
  private func judgeMember(_ block: UInt32, _ value: Int, _ depth: Depth) -> Bool {
    let list = entry(block, value)
    if list <= Block.accept { return list == Block.accept }
    return onceAll(list, value) { run(list, value, depth.inside) }
  }

  func judgeNames(_ block: UInt32, _ object: Int, _ depth: Depth) -> Bool {
    var key = object + 1
    while tape.kind(of: key) != .end {
      if !judge(block, key, depth.inside) { return false }
      key = tape.next(after: key + 1)
    }
    return true
  }

  @inline(__always)
  func judgeArray(_ index: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    let rule = tables.pointee.arrayRules + Int(index)
    let count = tape.childCount(of: node)
    guard count >= rule.pointee.minimum, count <= rule.pointee.maximum else { return false }
    return !rule.pointee.judgesItems || judgeItems(rule, node, depth)
  }

  private func judgeItems(
    _ rule: UnsafePointer<ArrayRule>,
    _ array: Int,
    _ depth: Depth
  ) -> Bool {
    var item = array + 1
    let end = tape.next(after: array) - 1
    if rule.pointee.prefixCount != 0 {
      let prefix = tables.pointee.blockList + Int(rule.pointee.prefix)
      for index in 0..<Int(rule.pointee.prefixCount) {
        if item == end { return true }
        if !judge(prefix[index], item, depth.inside) { return false }
        item = tape.next(after: item)
      }
    }
    let rest = rule.pointee.rest
    while item != end {
      if !judge(rest, item, depth.inside) { return false }
      item = tape.next(after: item)
    }
    return true
  }

  /// Counts the items that match, and notes them.
  func judgeContains(
    _ index: UInt32,
    _ array: Int,
    _ depth: Depth,
    notes: Notes?
  ) -> Bool {
    let rule = tables.pointee.containsRules[Int(index)]
    var count = 0
    var place = 0
    var item = array + 1
    while tape.kind(of: item) != .end {
      if judge(rule.block, item, depth.inside) {
        count += 1
        notes?.insert(place)
        if count > rule.maximum { return false }
        if notes == nil, count >= rule.minimum, rule.maximum == .max { return true }
      }
      place += 1
      item = tape.next(after: item)
    }
    return count >= rule.minimum
  }
}
