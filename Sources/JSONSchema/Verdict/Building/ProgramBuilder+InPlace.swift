import JSON

extension ProgramBuilder {
  /// Appends what other schemas say about the same value.
  ///
  /// - Returns: `false` when no value of the kind can be valid.
  mutating func emitInPlace(
    _ node: SchemaNode,
    _ kind: JSONTape.Kind,
    isTracked: Bool,
    into list: inout [Instruction]
  ) -> Bool {
    for target in [node.reference?.target, node.dynamicReference?.target].compactMap({ $0 }) {
      emitCall(target, kind, isTracked: isTracked, into: &list)
    }
    for schema in node.allOf {
      guard emit(schema, kind, isTracked: isTracked, into: &list) else { return false }
    }
    if let schema = node.not {
      switch verdicts.verdict(schema, kind) {
      case .accepts: return false
      case .rejects: break
      case .depends: list.append(.init(operation: .not, a: operand(of: schema)))
      }
    }
    return emitCondition(node, kind, isTracked: isTracked, into: &list)
      && emitAnyOf(node, kind, isTracked: isTracked, into: &list)
      && emitOneOf(node, kind, isTracked: isTracked, into: &list)
  }

  private mutating func emitCall(
    _ schema: Int,
    _ kind: JSONTape.Kind,
    isTracked: Bool,
    into list: inout [Instruction]
  ) {
    guard isTracked || !accepts(schema, kind) else { return }
    list.append(.init(operation: .call, a: operand(of: schema, isTracked: isTracked)))
  }

  /// The alternatives that may accept a value of the kind.
  private mutating func candidates(_ schemas: [Int], _ kind: JSONTape.Kind) -> [Int] {
    var found: [Int] = []
    for schema in schemas where verdicts.verdict(schema, kind) != .rejects { found.append(schema) }
    return found
  }

  private mutating func emitAnyOf(
    _ node: SchemaNode,
    _ kind: JSONTape.Kind,
    isTracked: Bool,
    into list: inout [Instruction]
  ) -> Bool {
    guard !node.anyOf.isEmpty else { return true }
    let candidates = candidates(node.anyOf, kind)
    guard let first = candidates.first else { return false }
    if !isTracked {
      for schema in candidates where accepts(schema, kind) { return true }
    }
    if candidates.count == 1 {
      emitCall(first, kind, isTracked: isTracked, into: &list)
      return true
    }
    let general = choice(
      isTracked ? .anyOfTracked : .anyOf,
      candidates,
      isTracked: isTracked
    )
    emitChoice(
      general,
      of: node.anyOf,
      tag: kind == .object ? node.anyOfTag : nil,
      isTracked: isTracked,
      into: &list
    )
    return true
  }

  private mutating func emitOneOf(
    _ node: SchemaNode,
    _ kind: JSONTape.Kind,
    isTracked: Bool,
    into list: inout [Instruction]
  ) -> Bool {
    guard !node.oneOf.isEmpty else { return true }
    let candidates = candidates(node.oneOf, kind)
    guard let first = candidates.first else { return false }
    if candidates.count == 1 {
      emitCall(first, kind, isTracked: isTracked, into: &list)
      return true
    }
    let general = choice(
      isTracked ? .oneOfTracked : .oneOf,
      candidates,
      isTracked: isTracked
    )
    emitChoice(
      general,
      of: node.oneOf,
      tag: kind == .object ? node.oneOfTag : nil,
      isTracked: isTracked,
      into: &list
    )
    return true
  }

  /// The instruction that tries alternatives one by one.
  private mutating func choice(
    _ operation: Instruction.Operation,
    _ schemas: [Int],
    isTracked: Bool
  ) -> Instruction {
    var blocks: [UInt32] = []
    for schema in schemas { blocks.append(operand(of: schema, isTracked: isTracked)) }
    let start = UInt32(parts.blockList.count)
    parts.blockList += blocks
    return Instruction(operation: operation, a: start, b: UInt32(blocks.count))
  }

  /// Appends a choice, narrowed by a tag where there is one.
  ///
  /// No value of the tag is in two alternatives, so at most one can match, and `anyOf` and `oneOf`
  /// come to the same.
  private mutating func emitChoice(
    _ general: Instruction,
    of alternatives: [Int],
    tag: SchemaTag?,
    isTracked: Bool,
    into list: inout [Instruction]
  ) {
    guard let tag else {
      list.append(general)
      return
    }
    var strings: [(name: String, payload: UInt32)] = []
    var others: [(value: JSONDocument, block: UInt32)] = []
    for (index, values) in tag.values.enumerated() {
      let block = operand(of: alternatives[index], isTracked: isTracked)
      for value in values {
        if case .string(let name) = value {
          strings.append((name, block))
        } else if let document = Self.document(value) {
          others.append((document, block))
        }
      }
    }
    let isAlwaysRequired = tag.isRequired.allSatisfy(\.self)
    var seen: Set<ByteKey> = []
    let distinct = strings.filter { seen.insert(ByteKey($0.name)).inserted }
    let rule = SelectRule(
      name: place(tag.property),
      strings: nameTable(distinct),
      constants: UInt32(parts.constants.count),
      constantBlocks: UInt32(parts.blockList.count),
      constantCount: UInt32(others.count),
      otherwise: isAlwaysRequired ? Block.reject : store([general])
    )
    parts.constants += others.map(\.value)
    parts.blockList += others.map(\.block)
    list.append(.init(operation: .select, a: UInt32(parts.selectRules.count)))
    parts.selectRules.append(rule)
  }

  private mutating func emitCondition(
    _ node: SchemaNode,
    _ kind: JSONTape.Kind,
    isTracked: Bool,
    into list: inout [Instruction]
  ) -> Bool {
    guard let condition = node.ifSchema else { return true }
    if !isTracked {
      switch verdicts.verdict(condition, kind) {
      case .accepts: return emitBranch(node.thenSchema, kind, into: &list)
      case .rejects: return emitBranch(node.elseSchema, kind, into: &list)
      case .depends: if node.thenSchema == nil, node.elseSchema == nil { return true }
      }
    }
    let rule = ConditionRule(
      condition: operand(of: condition, isTracked: isTracked),
      consequence: node.thenSchema.map { operand(of: $0, isTracked: isTracked) } ?? .max,
      alternative: node.elseSchema.map { operand(of: $0, isTracked: isTracked) } ?? .max
    )
    list.append(
      .init(
        operation: isTracked ? .conditionTracked : .condition,
        a: UInt32(parts.conditionRules.count)
      )
    )
    parts.conditionRules.append(rule)
    return true
  }

  private mutating func emitBranch(
    _ schema: Int?,
    _ kind: JSONTape.Kind,
    into list: inout [Instruction]
  ) -> Bool {
    guard let schema else { return true }
    return emit(schema, kind, isTracked: false, into: &list)
  }
}
