import JSON
import JSONSchema

/// How to make a number.
final class NumberPlan {
  /// Evenly spaced numbers: `base + count * step`.
  struct Grid {
    var base: ExactDecimal
    var step: ExactDecimal
    var counts: ClosedRange<Int>
    /// The count of the simplest number.
    var simplest: Int
    /// The power of ten that the step is, when the base is zero; such numbers are quickly written.
    var plainExponent: Int?
  }

  /// The grids to choose from, the coarsest first; at least one.
  var grids: [Grid] = []
  /// Numbers of exceptional size or form that are allowed too.
  var extremes: [JSONNumber] = []
  /// Whether a number from a grid has still to be checked.
  private(set) var needsCheck = false

  /// Whether every number that is possible lies on the only grid.
  private(set) var isEvenlySpaced = false

  private var bounds = NumericBounds()
  private var divisors: [JSONNumber] = []
  private var violatedDivisors: [JSONNumber] = []
  private var isInteger = false
  private var isFraction = false

  /// Most steps to either side of the simplest number of a grid that has no end.
  private static let reach = 9_007_199_254_740_991

  /// Merges what is required of a number.
  ///
  /// - Throws: Why no number meets it.
  init(
    _ requirements: Requirements,
    types: SchemaTypes,
    options: GeneratorOptions
  ) throws(Contradiction) {
    isInteger = !types.contains(.number)
    isFraction = !types.contains(.integer)
    for own in requirements.own {
      let node = own.node
      if own.keeps(.minimum) { bounds.raise(to: node.minimum, isExclusive: false, node) }
      if own.keeps(.exclusiveMinimum) {
        bounds.raise(to: node.exclusiveMinimum, isExclusive: true, node)
      }
      if own.keeps(.maximum) { bounds.lower(to: node.maximum, isExclusive: false, node) }
      if own.keeps(.exclusiveMaximum) {
        bounds.lower(to: node.exclusiveMaximum, isExclusive: true, node)
      }
      if let divisor = node.multipleOf, own.keeps(.multipleOf) { divisors.append(divisor) }
    }
    for point in requirements.violations {
      let node = requirements.node(of: point)
      switch point.first.site.keyword {
      case .minimum: bounds.lower(to: node?.minimum, isExclusive: true, node)
      case .exclusiveMinimum: bounds.lower(to: node?.exclusiveMinimum, isExclusive: false, node)
      case .maximum: bounds.raise(to: node?.maximum, isExclusive: true, node)
      case .exclusiveMaximum: bounds.raise(to: node?.exclusiveMaximum, isExclusive: false, node)
      case .multipleOf: violatedDivisors += [node?.multipleOf].compactMap { $0 }
      default: break
      }
    }
    try bounds.check()
    try makeGrids()
    needsCheck = isFraction || !violatedDivisors.isEmpty
    if options.usesExtremeNumbers { extremes = Self.extremeNumbers.filter { accepts($0) } }
  }

  /// Whether a number meets all of it.
  func accepts(_ number: JSONNumber) -> Bool {
    if isInteger, !number.isInteger { return false }
    if isFraction, number.isInteger { return false }
    return bounds.contain(number) && divisors.allSatisfy { number.isMultiple(of: $0) }
      && violatedDivisors.allSatisfy { !number.isMultiple(of: $0) }
  }

  private func makeGrids() throws(Contradiction) {
    if let step = try commonMultiple() {
      guard let grid = bounds.grid(step: step, reach: Self.reach) else {
        let reason =
          divisors.isEmpty
          ? "no whole number lies between the bounds \(bounds)"
          : "no multiple of \(step) lies between the bounds \(bounds)"
        throw Contradiction(node: bounds.node, reason: reason)
      }
      grids = [grid]
      isEvenlySpaced = true
      return
    }
    for exponent in [0, -1, -2, -6, bounds.fineExponent] {
      if isFraction, exponent == 0 { continue }
      if grids.count > 1, exponent == bounds.fineExponent, exponent > -6 { continue }
      let step = ExactDecimal.powerOfTen(exponent)
      if let grid = bounds.grid(step: step, reach: Self.reach) { grids.append(grid) }
    }
    guard grids.isEmpty else { return }
    throw Contradiction(node: bounds.node, reason: "no number lies between the bounds \(bounds)")
  }

  /// The least step that all wanted divisors divide; `nil` when every number will do.
  private func commonMultiple() throws(Contradiction) -> ExactDecimal? {
    // Where a divisor has to be missed, the others are kept as a grid and the result is checked.
    if !violatedDivisors.isEmpty, !isInteger, divisors.isEmpty { return nil }
    var steps = isInteger ? [ExactDecimal(1)] : []
    for divisor in divisors {
      guard let step = ExactDecimal(divisor) else {
        throw Contradiction(
          node: bounds.node,
          reason: "'multipleOf' \(divisor) is out of range",
          isLimit: true
        )
      }
      steps.append(step)
    }
    guard var common = steps.first else { return nil }
    for step in steps.dropFirst() {
      guard let next = ExactDecimal.leastCommonMultiple(common, step) else {
        throw Contradiction(
          node: bounds.node,
          reason: "the least common multiple of \(common) and \(step) is too large",
          isLimit: true
        )
      }
      common = next
    }
    return common
  }

  /// Numbers at the limits of machine numbers and beyond, with unusual texts among them.
  private static let extremeNumbers: [JSONNumber] = [
    "-0", "-0.0", "1.0", "1e2", "1E+2", "2147483648", "-2147483649", "9007199254740993",
    "-9007199254740993", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
    "1e308", "-1e308", "5e-324", "1e400", "-1e400", "1e-400", "0.1", "0.30000000000000004",
    "1234567890123456789012345678901234567890",
  ].compactMap { JSONNumber($0) }
}

extension Requirements {
  /// The schema that a break point begins in.
  func node(of point: BreakPoint) -> SchemaNode? { violated[point.first.node] }
}
