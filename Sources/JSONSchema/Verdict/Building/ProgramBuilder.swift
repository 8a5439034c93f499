import JSON

/// Turns the nodes of a graph into instructions.
///
/// For each schema and each kind of value there is a list of instructions with only what concerns
/// that kind; whether `type` lets the kind through is decided here, not while judging.
struct ProgramBuilder {
  /// A schema, compiled with or without notes of what it looks at.
  struct Key: Hashable {
    let node: Int
    let isTracked: Bool
  }

  let graph: SchemaGraph
  var parts = VerdictProgram.Parts()
  private var blockByKey: [Key: Int] = [:]
  private var pending: [(key: Key, block: Int)] = []
  var patternIndexes: [ByteKey: UInt32] = [:]
  var characterBits: [ScalarSet: UInt64] = [:]
  var acceptingBlockPlace: UInt32?
  var verdicts: StaticVerdicts

  init(_ graph: SchemaGraph) {
    self.graph = graph
    verdicts = StaticVerdicts(graph)
  }

  /// The program of a graph.
  static func program(for graph: SchemaGraph) -> VerdictProgram {
    var builder = ProgramBuilder(graph)
    // The lists at Block.reject and Block.accept.
    builder.parts.instructions = [.init(operation: .reject), .init(operation: .accept)]
    let root = builder.block(of: graph.rootNode)
    while let next = builder.pending.popLast() { builder.fill(next.block, next.key) }
    return VerdictProgram(builder.parts, root: root)
  }

  /// The block of a schema.
  mutating func block(of node: Int, isTracked: Bool = false) -> Int {
    let key = Key(node: isTracked ? node : target(of: node), isTracked: isTracked)
    if let known = blockByKey[key] { return known }
    let block = parts.blocks.count
    parts.blocks.append(Block())
    blockByKey[key] = block
    pending.append((key, block))
    return block
  }

  /// The same as an operand.
  mutating func operand(of node: Int, isTracked: Bool = false) -> UInt32 {
    UInt32(block(of: node, isTracked: isTracked))
  }

  /// Where a chain of schemas that only refer to the next one ends.
  private func target(of node: Int) -> Int {
    var current = node
    for _ in 0..<100 {
      let schema = graph[current]
      guard schema.booleanSchema == nil, schema.conjuncts.count == 1,
        let next = schema.conjuncts.first, schema.types == nil,
        Self.kinds.allSatisfy({ !schema.constrains($0) }),
        schema.constant == nil, schema.enumeration == nil
      else { return current }
      current = next
    }
    return current
  }

  static let kinds: [JSONTape.Kind] = [.null, .false, .true, .number, .string, .array, .object]

  private mutating func fill(_ block: Int, _ key: Key) {
    func entry(_ builder: inout ProgramBuilder, _ kind: JSONTape.Kind) -> UInt32 {
      builder.list(key.node, kind, isTracked: key.isTracked)
    }
    var filled = Block()
    filled.null = entry(&self, .null)
    filled.false = entry(&self, .false)
    filled.true = entry(&self, .true)
    filled.number = entry(&self, .number)
    filled.string = entry(&self, .string)
    filled.array = entry(&self, .array)
    filled.object = entry(&self, .object)
    filled.key = filled.string
    parts.blocks[block] = filled
  }

  /// The list of instructions that judges values of a kind by a schema.
  private mutating func list(_ node: Int, _ kind: JSONTape.Kind, isTracked: Bool) -> UInt32 {
    switch verdicts.verdict(node, kind) {
    case .rejects: return Block.reject
    case .accepts where !isTracked: return Block.accept
    case .accepts, .depends: break
    }
    var instructions: [Instruction] = []
    guard emit(node, kind, isTracked: isTracked, into: &instructions) else { return Block.reject }
    return store(instructions)
  }

  /// Keeps a list of instructions.
  mutating func store(_ instructions: [Instruction]) -> UInt32 {
    guard !instructions.isEmpty else { return Block.accept }
    let start = UInt32(parts.instructions.count)
    parts.instructions += instructions
    parts.instructions.append(.init(operation: .accept))
    return start
  }

  /// Appends the instructions of a schema for a kind, cheap ones first.
  ///
  /// - Returns: `false` when no value of the kind can be valid.
  mutating func emit(
    _ schema: Int,
    _ kind: JSONTape.Kind,
    isTracked: Bool,
    into list: inout [Instruction]
  ) -> Bool {
    let node = graph[schema]
    if let constant = node.booleanSchema { return constant }
    if case .rejects = verdicts.verdict(schema, kind) { return false }
    let ownsNotes =
      (kind == .object && node.unevaluatedProperties != nil)
      || (kind == .array && node.unevaluatedItems != nil)
    var own: [Instruction] = []
    let isNoting = isTracked || ownsNotes
    emitConstants(node, kind, into: &own)
    switch kind {
    case .number: emitNumber(node, into: &own)
    case .string, .key: emitString(node, into: &own)
    case .array: emitArray(node, isTracked: isNoting, into: &own)
    case .object: emitObject(node, isTracked: isNoting, into: &own)
    case .null, .true, .false, .end: break
    }
    guard emitInPlace(node, kind, isTracked: isNoting, into: &own) else { return false }
    guard ownsNotes else {
      list += own
      return true
    }
    if kind == .object, let rest = node.unevaluatedProperties {
      own.append(.init(operation: .unevaluatedProperties, a: operand(of: rest)))
    } else if let rest = node.unevaluatedItems {
      own.append(.init(operation: .unevaluatedItems, a: operand(of: rest)))
    }
    list.append(.init(operation: .track, a: store(own)))
    return true
  }
}
