import JSON

/// Judges one text by a program.
///
/// Plain pointers and indexes only: nothing here counts references or allocates, except for strings
/// with escapes and for long arrays that must have no two equal items.
struct Verdict {
  /// What stays the same for one text.
  struct Frame {
    let tables: UnsafePointer<VerdictProgram.Tables>
    /// The owner of the tables, who outlives this value.
    unowned(unsafe) let program: VerdictProgram
    let tape: JSONTape
    /// How deep values may be nested.
    let maximumDepth: Int
    /// What has been judged already, once there is much of it.
    let memory: UnsafeMutablePointer<VerdictMemory>
  }

  /// Behind a pointer, so that calls pass one word.
  let frame: UnsafePointer<Frame>

  @inline(__always) var tables: UnsafePointer<VerdictProgram.Tables> { frame.pointee.tables }
  @inline(__always) var tape: JSONTape { frame.pointee.tape }
  @inline(__always) var maximumDepth: Int { frame.pointee.maximumDepth }

  /// How deep a value lies, and how many schemas are in work for it and the values around it.
  struct Depth {
    /// The former in the upper half, the latter in the lower.
    var word = 0

    /// One step into the value.
    @inline(__always)
    var inside: Depth { Depth(word: word &+ (1 &<< 32 | 1)) }

    /// Another schema for the same value.
    @inline(__always)
    var beside: Depth { Depth(word: word &+ 1) }

    /// Whether a limit is passed.
    @inline(__always)
    func exceeds(_ maximumDepth: Int) -> Bool {
      word &>> 32 > maximumDepth || word & 0xFFFF_FFFF > Explainer.maximumNesting
    }
  }

  /// Judges a value by a block.
  @inline(__always)
  func judge(_ block: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    let list = entry(block, node)
    if list <= Block.accept { return list == Block.accept }
    return run(list, node, depth)
  }

  /// Where a block's list for the kind of a value begins.
  @inline(__always)
  func entry(_ block: UInt32, _ node: Int) -> UInt32 {
    let entries = UnsafeRawPointer(tables.pointee.blocks + Int(block))
    let offset = Int(tape.kind(of: node).rawValue) &* MemoryLayout<UInt32>.stride
    return entries.load(fromByteOffset: offset, as: UInt32.self)
  }

  /// Runs a list of instructions.
  @inline(__always)
  func run(_ list: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    run(tables.pointee.instructions + Int(list), node, depth, isSingle: false)
  }

  /// Runs instructions that take no notes: a list to its end, or just one.
  func run(
    _ start: UnsafePointer<Instruction>,
    _ node: Int,
    _ depth: Depth,
    isSingle: Bool
  ) -> Bool {
    if depth.exceeds(maximumDepth) { return false }
    var next = start
    while true {
      let a = next.pointee.a
      let b = next.pointee.b
      let isFine: Bool
      switch next.pointee.operation {
      case .accept: return true
      case .reject: return false
      case .call: isFine = once(next, node) { judge(a, node, depth.beside) }
      case .integer: isFine = tape.isInteger(node)
      case .integerNotation: isFine = !tape.flags(of: node).contains(.isFractional)
      case .numberRange: isFine = isInRange(a, node)
      case .multipleOf: isFine = tape.isMultiple(node, of: tables.pointee.numbers[Int(a)])
      case .numberIn: isFine = isNumber(node, among: a, b)
      case .stringLength: isFine = hasLength(node, from: a, to: b)
      case .pattern: isFine = matches(node, pattern: a)
      case .format: isFine = hasFormat(node, a)
      case .content: isFine = hasContent(node, a)
      case .stringIn: isFine = find(node, in: tables.pointee.nameTables[Int(a)]) != nil
      case .valueIn: isFine = isConstant(node, among: a, b)
      case .array: isFine = judgeArray(a, node, depth)
      case .contains:
        isFine = once(next, node) { judgeContains(a, node, depth, notes: nil) }
      case .uniqueItems: isFine = hasUniqueItems(node)
      case .object: isFine = judgeObject(a, node, depth)
      case .propertyNames: isFine = judgeNames(a, node, depth)
      case .required: isFine = hasNames(node, a, b)
      case .dependentSchema:
        isFine =
          member(a, of: node) == nil || once(next, node) { judge(b, node, depth.beside) }
      case .dependentRequired:
        isFine = member(a, of: node) == nil || hasNames(node, a + 1, b - 1)
      case .anyOf: isFine = once(next, node) { judgeAnyOf(a, b, node, depth) }
      case .oneOf: isFine = once(next, node) { judgeOneOf(a, b, node, depth) }
      case .select: isFine = judgeSelected(a, node, depth)
      case .not: isFine = once(next, node) { !judge(a, node, depth.beside) }
      case .condition: isFine = once(next, node) { judgeCondition(a, node, depth) }
      case .track: isFine = once(next, node) { runWithNotes(a, node, depth) }
      case .arrayTracked, .containsTracked, .objectTracked, .anyOfTracked, .oneOfTracked,
        .conditionTracked, .unevaluatedProperties, .unevaluatedItems:
        // These stand in lists behind `track` only.
        isFine = true
      }
      if !isFine { return false }
      if isSingle { return true }
      next += 1
    }
  }
}
