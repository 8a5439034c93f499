import JSON

/// Judges one text by a program.
///
/// Plain pointers and indexes only: nothing here counts references or allocates, except for strings
/// with escapes and for long arrays that must have no two equal items.
struct Verdict {
  let tables: UnsafePointer<VerdictProgram.Tables>
  /// The owner of the tables, who outlives this value.
  unowned(unsafe) let program: VerdictProgram
  let tape: JSONTape
  /// How deep values may be nested.
  let maximumDepth: Int

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
  func run(_ list: UInt32, _ node: Int, _ depth: Depth) -> Bool {
    if depth.exceeds(maximumDepth) { return false }
    var next = tables.pointee.instructions + Int(list)
    while true {
      let instruction = next.pointee
      switch instruction.operation {
      case .accept: return true
      case .track:
        if !runWithNotes(instruction.a, node, depth) { return false }
      default:
        if !perform(instruction, node, depth) { return false }
      }
      next += 1
    }
  }

  /// Runs one instruction that takes no notes.
  @inline(__always)
  func perform(_ instruction: Instruction, _ node: Int, _ depth: Depth) -> Bool {
    switch instruction.operation {
    case .reject: false
    case .call: judge(instruction.a, node, depth.beside)
    case .integer: tape.isInteger(node)
    case .integerNotation: !tape.flags(of: node).contains(.isFractional)
    case .numberRange: isInRange(instruction.a, node)
    case .multipleOf: tape.isMultiple(node, of: tables.pointee.numbers[Int(instruction.a)])
    case .numberIn: isNumber(node, among: instruction.a, instruction.b)
    case .stringLength: hasLength(node, from: instruction.a, to: instruction.b)
    case .pattern: matches(node, pattern: instruction.a)
    case .format: hasFormat(node, instruction.a)
    case .content: hasContent(node, instruction.a)
    case .stringIn: find(node, in: tables.pointee.nameTables[Int(instruction.a)]) != nil
    case .valueIn: isConstant(node, among: instruction.a, instruction.b)
    case .array: judgeArray(instruction.a, node, depth)
    case .contains: judgeContains(instruction.a, node, depth, notes: nil)
    case .uniqueItems: hasUniqueItems(node)
    case .object: judgeObject(instruction.a, node, depth)
    case .propertyNames: judgeNames(instruction.a, node, depth)
    case .required: hasNames(node, instruction.a, instruction.b)
    case .dependentSchema:
      member(instruction.a, of: node) == nil || judge(instruction.b, node, depth.beside)
    case .dependentRequired:
      member(instruction.a, of: node) == nil
        || hasNames(node, instruction.a + 1, instruction.b - 1)
    case .anyOf: judgeAnyOf(instruction.a, instruction.b, node, depth)
    case .oneOf: judgeOneOf(instruction.a, instruction.b, node, depth)
    case .select: judgeSelected(instruction.a, node, depth)
    case .not: !judge(instruction.a, node, depth.beside)
    case .condition: judgeCondition(instruction.a, node, depth)
    case .accept, .track, .arrayTracked, .containsTracked, .objectTracked, .anyOfTracked,
      .oneOfTracked, .conditionTracked, .unevaluatedProperties, .unevaluatedItems:
      true
    }
  }
}
