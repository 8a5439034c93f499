import JSON

extension ProgramBuilder {
  /// `const` and `enum` for values of a kind.
  func constants(_ node: SchemaNode, _ kind: JSONTape.Kind) -> [[JSONValue]] {
    [node.constant.map { [$0] }, node.enumeration].compactMap { values in
      values.map { $0.filter { $0.isOf(kind) } }
    }
  }

  mutating func emitConstants(
    _ node: SchemaNode,
    _ kind: JSONTape.Kind,
    into list: inout [Instruction]
  ) {
    for values in constants(node, kind) {
      switch kind {
      case .null, .true, .false, .end:
        break
      case .number:
        let numbers = values.compactMap(\.numberValue).map(PreparedNumber.init)
        list.append(
          .init(
            operation: .numberIn,
            a: UInt32(parts.numbers.count),
            b: UInt32(numbers.count)
          )
        )
        parts.numbers += numbers
      case .string, .key:
        let names = values.compactMap(\.stringValue)
        list.append(.init(operation: .stringIn, a: nameTable(names.map { ($0, 0) })))
      case .array, .object:
        list.append(
          .init(operation: .valueIn, a: UInt32(parts.constants.count), b: UInt32(values.count))
        )
        parts.constants += values.compactMap(Self.document)
      }
    }
  }

  /// A constant as a tape.
  static func document(_ value: JSONValue) -> JSONDocument? {
    // The schema's own depth is the only limit; it was checked when it was read.
    try? JSONDocument(parsing: value.bytes(), options: .init(maximumDepth: 100_000))
  }

  mutating func emitNumber(_ node: SchemaNode, into list: inout [Instruction]) {
    if let types = node.types, !types.contains(.number) {
      let isByNotation = !node.dialect.acceptsFractionlessIntegers
      list.append(.init(operation: isByNotation ? .integerNotation : .integer))
    }
    var rule = NumberRule()
    rule.minimum = place(node.minimum)
    rule.exclusiveMinimum = place(node.exclusiveMinimum)
    rule.maximum = place(node.maximum)
    rule.exclusiveMaximum = place(node.exclusiveMaximum)
    let lowest = [
      node.minimum.map(Self.lowestInteger), node.exclusiveMinimum.map(Self.lowestIntegerAbove),
    ].compactMap(\.self)
    let highest = [
      node.maximum.map { Self.negated(Self.lowestInteger($0.negated)) },
      node.exclusiveMaximum.map { Self.negated(Self.lowestIntegerAbove($0.negated)) },
    ].compactMap(\.self)
    rule.knowsIntegers = !(lowest + highest).contains(nil)
    rule.lowest = lowest.compactMap(\.self).max() ?? .min
    rule.highest = highest.compactMap(\.self).min() ?? .max
    let low = [node.minimum, node.exclusiveMinimum].compactMap { $0?.double }
    let high = [node.maximum, node.exclusiveMaximum].compactMap { $0?.double }
    rule.below = low.max() ?? -.infinity
    rule.above = high.min() ?? .infinity
    let isBounded =
      node.minimum != nil || node.exclusiveMinimum != nil || node.maximum != nil
      || node.exclusiveMaximum != nil
    if isBounded {
      list.append(.init(operation: .numberRange, a: UInt32(parts.numberRules.count)))
      parts.numberRules.append(rule)
    }
    if let divisor = node.multipleOf {
      list.append(.init(operation: .multipleOf, a: place(divisor)))
    }
    if let format = node.numericFormat {
      list.append(.init(operation: .integer))
      list.append(.init(operation: .numberRange, a: UInt32(parts.numberRules.count)))
      var range = NumberRule(
        lowest: format.minimum.int ?? .min,
        highest: format.maximum.int ?? .max
      )
      range.below = format.minimum.double
      range.above = format.maximum.double
      range.minimum = place(format.minimum)
      range.maximum = place(format.maximum)
      parts.numberRules.append(range)
    }
  }

  private mutating func place(_ number: JSONNumber?) -> UInt32 {
    guard let number else { return .max }
    parts.numbers.append(PreparedNumber(number))
    return UInt32(parts.numbers.count - 1)
  }

  /// The least whole number that is not below a bound, as far as `Int` reaches.
  ///
  /// - Returns: `nil` when the bound has too many digits to tell.
  private static func lowestInteger(_ bound: JSONNumber) -> Int? {
    if bound > JSONNumber(Int.max) { return .max }
    if bound < JSONNumber(Int.min) { return .min }
    return ExactDecimal(bound)?.ceiling?.int
  }

  /// The least whole number that is above a bound.
  private static func lowestIntegerAbove(_ bound: JSONNumber) -> Int? {
    guard let lowest = lowestInteger(bound) else { return nil }
    return lowest < .max && bound.isInteger ? lowest + 1 : lowest
  }

  /// The other sign, with the ends of `Int` standing for each other.
  private static func negated(_ value: Int?) -> Int? {
    value.map { $0 == .min ? .max : $0 == .max ? .min : -$0 }
  }

  mutating func emitString(_ node: SchemaNode, into list: inout [Instruction]) {
    if node.minLength != nil || node.maxLength != nil {
      list.append(
        .init(
          operation: .stringLength,
          a: Self.clamped(node.minLength ?? 0),
          b: Self.clamped(node.maxLength ?? .max)
        )
      )
    }
    if node.assertsFormat, let format = node.stringFormat {
      list.append(.init(operation: .format, a: UInt32(parts.formats.count)))
      parts.formats.append(format)
    }
    if let pattern = node.pattern {
      list.append(.init(operation: .pattern, a: place(pattern)))
    }
    if let content = node.contentCheck {
      list.append(.init(operation: .content, a: UInt32(parts.contents.count)))
      parts.contents.append(content)
    }
  }

  /// A count as an operand; no text is longer than the largest.
  static func clamped(_ count: Int) -> UInt32 { UInt32(min(count, Int(UInt32.max))) }
}
