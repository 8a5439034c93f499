import JSON

extension ProgramBuilder {
  mutating func emitArray(
    _ node: SchemaNode,
    isTracked: Bool,
    into list: inout [Instruction]
  ) {
    var rule = ArrayRule()
    rule.minimum = node.minItems ?? 0
    rule.maximum = node.maxItems ?? .max
    var prefix: [UInt32] = []
    for schema in node.prefixItems { prefix.append(operand(of: schema)) }
    rule.prefix = UInt32(parts.blockList.count)
    rule.prefixCount = UInt32(prefix.count)
    parts.blockList += prefix
    rule.coversRest = node.items != nil
    rule.rest = node.items.map { operand(of: $0) } ?? acceptingBlock()
    rule.judgesItems = !prefix.isEmpty || isSelective(node.items)
    if rule.judgesItems || node.minItems != nil || node.maxItems != nil
      || (isTracked && (rule.coversRest || !prefix.isEmpty))
    {
      list.append(
        .init(
          operation: isTracked ? .arrayTracked : .array,
          a: UInt32(parts.arrayRules.count)
        )
      )
      parts.arrayRules.append(rule)
    }
    if let schema = node.contains {
      var rule = ContainsRule(block: operand(of: schema))
      rule.minimum = node.minContains ?? 1
      rule.maximum = node.maxContains ?? .max
      rule.evaluates = node.dialect == .draft2020_12
      list.append(
        .init(
          operation: isTracked && rule.evaluates ? .containsTracked : .contains,
          a: UInt32(parts.containsRules.count)
        )
      )
      parts.containsRules.append(rule)
    }
    if node.uniqueItems { list.append(.init(operation: .uniqueItems)) }
  }

  mutating func emitObject(
    _ node: SchemaNode,
    isTracked: Bool,
    into list: inout [Instruction]
  ) {
    emitMembers(node, isTracked: isTracked, into: &list)
    if let schema = node.propertyNames, !accepts(schema, .string) {
      list.append(.init(operation: .propertyNames, a: operand(of: schema)))
    }
    for dependency in node.dependentRequired where !dependency.required.isEmpty {
      let start = UInt32(parts.names.count)
      for name in [dependency.name] + dependency.required { _ = place(name) }
      list.append(
        .init(
          operation: .dependentRequired,
          a: start,
          b: UInt32(dependency.required.count + 1)
        )
      )
    }
    for dependency in node.dependentSchemas where isTracked || !accepts(dependency.schema, .object)
    {
      let name = place(dependency.name)
      list.append(
        .init(
          operation: .dependentSchema,
          a: name,
          b: operand(of: dependency.schema, isTracked: isTracked)
        )
      )
    }
  }

  /// `properties`, `required` and the like, judged in one walk over the members.
  private mutating func emitMembers(
    _ node: SchemaNode,
    isTracked: Bool,
    into list: inout [Instruction]
  ) {
    var rule = ObjectRule()
    rule.minimum = max(node.minProperties ?? 0, node.required.count)
    rule.maximum = node.maxProperties ?? .max
    var late: [String] = []
    let entries = memberEntries(node, &rule, late: &late)
    rule.table = nameTable(entries)
    rule.patterns = UInt32(parts.patternMembers.count)
    rule.patternCount = UInt32(node.patternProperties.count)
    for member in node.patternProperties {
      let pattern = place(member.pattern)
      parts.patternMembers.append(.init(pattern: pattern, block: operand(of: member.schema)))
    }
    rule.coversRest = node.additionalProperties != nil
    rule.rest = node.additionalProperties.map { operand(of: $0) } ?? acceptingBlock()
    rule.judgesMembers =
      !entries.isEmpty || !node.patternProperties.isEmpty || isSelective(node.additionalProperties)
    if rule.judgesMembers || node.minProperties != nil || node.maxProperties != nil
      || (isTracked && rule.coversRest)
    {
      list.append(
        .init(
          operation: isTracked ? .objectTracked : .object,
          a: UInt32(parts.objectRules.count)
        )
      )
      parts.objectRules.append(rule)
    }
    if !late.isEmpty {
      let start = UInt32(parts.names.count)
      for name in late { _ = place(name) }
      list.append(.init(operation: .required, a: start, b: UInt32(late.count)))
    }
  }

  /// The named members: those of `properties`, then those that are only required.
  ///
  /// The first 64 required ones are ticked off while walking; the rest are looked for later.
  private mutating func memberEntries(
    _ node: SchemaNode,
    _ rule: inout ObjectRule,
    late: inout [String]
  ) -> [NameEntry] {
    var entries: [NameEntry] = []
    var places: [ByteKey: Int] = [:]
    for property in node.properties {
      let key = ByteKey(property.name)
      let payload = operand(of: property.schema)
      if let known = places[key] {
        // Of a keyword's duplicated names the last counts, as everywhere.
        entries[known].payload = payload
      } else {
        places[key] = entries.count
        entries.append(entry(property.name, payload: payload))
      }
    }
    var bits = 0
    for name in node.required {
      guard bits < 64 else {
        late.append(name)
        continue
      }
      let key = ByteKey(name)
      if places[key] == nil {
        places[key] = entries.count
        var added = entry(name)
        added.isDeclared = false
        entries.append(added)
      }
      bits += 1
      if let place = places[key] { entries[place].bit = UInt8(bits) }
    }
    rule.requiredBits = bits == 64 ? .max : (1 << UInt64(bits)) - 1
    return entries
  }

  /// Whether a schema accepts every value of a kind.
  mutating func accepts(_ schema: Int, _ kind: JSONTape.Kind) -> Bool {
    if case .accepts = verdicts.verdict(schema, kind) { true } else { false }
  }

  /// Whether a schema accepts every value.
  mutating func acceptsAll(_ schema: Int) -> Bool {
    for kind in Self.kinds where !accepts(schema, kind) { return false }
    return true
  }

  /// Whether there is a schema and it may reject something.
  private mutating func isSelective(_ schema: Int?) -> Bool {
    guard let schema else { return false }
    return !acceptsAll(schema)
  }

  /// A block that accepts every value.
  private mutating func acceptingBlock() -> UInt32 {
    if let known = acceptingBlockPlace { return known }
    let accept = Block.accept
    parts.blocks.append(
      Block(
        null: accept,
        false: accept,
        true: accept,
        number: accept,
        string: accept,
        array: accept,
        object: accept,
        key: accept
      )
    )
    let place = UInt32(parts.blocks.count - 1)
    acceptingBlockPlace = place
    return place
  }
}
