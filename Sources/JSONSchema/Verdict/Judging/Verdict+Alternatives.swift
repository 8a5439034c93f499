import JSON

extension Verdict {
  func judgeAnyOf(_ start: UInt32, _ count: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    let blocks = tables.pointee.blockList + Int(start)
    for index in 0..<Int(count) where judge(blocks[index], node, depth.beside) { return true }
    return false
  }

  func judgeOneOf(_ start: UInt32, _ count: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    let blocks = tables.pointee.blockList + Int(start)
    var isMatched = false
    for index in 0..<Int(count) where judge(blocks[index], node, depth.beside) {
      if isMatched { return false }
      isMatched = true
    }
    return isMatched
  }

  /// Judges an object by the alternative that a member's value names.
  @inline(__always)
  func judgeSelected(_ index: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    let rule = tables.pointee.selectRules + Int(index)
    guard let value = member(rule.pointee.name, of: node) else {
      let otherwise = rule.pointee.otherwise
      return otherwise != Block.reject && run(otherwise, node, depth.beside)
    }
    guard let block = alternative(rule, value) else { return false }
    return judge(block, node, depth.beside)
  }

  /// The block that a value of the tag names.
  @inline(__always)
  func alternative(_ rule: UnsafePointer<SelectRule>, _ value: Int) -> UInt32? {
    if tape.kind(of: value) == .string {
      let table = tables.pointee.nameTables[Int(rule.pointee.strings)]
      return find(value, in: table)?.pointee.payload
    }
    for index in 0..<Int(rule.pointee.constantCount)
    where isConstant(value, among: rule.pointee.constants + UInt32(index), 1) {
      return tables.pointee.blockList[Int(rule.pointee.constantBlocks) + index]
    }
    return nil
  }

  func judgeCondition(_ index: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    let rule = tables.pointee.conditionRules[Int(index)]
    let isMet = judge(rule.condition, node, depth.beside)
    let branch = isMet ? rule.consequence : rule.alternative
    return branch == .max || judge(branch, node, depth.beside)
  }
}
