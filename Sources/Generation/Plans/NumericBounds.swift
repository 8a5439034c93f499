import JSON
import JSONSchema

/// The least and greatest number allowed, each with the schema it comes from.
struct NumericBounds: CustomStringConvertible {
  private struct Bound {
    var value: ExactDecimal
    var isExclusive: Bool
    var node: Int?
  }

  private var lower: Bound?
  private var upper: Bound?
  /// Bounds whose exponents are beyond calculating with; they are only compared with.
  private var others: [(bound: JSONNumber, isLower: Bool, isExclusive: Bool)] = []

  /// The schema to look at when nothing fits.
  var node: Int? { lower?.node ?? upper?.node }

  mutating func raise(to number: JSONNumber?, isExclusive: Bool, _ node: SchemaNode?) {
    guard let number else { return }
    guard let value = ExactDecimal(number) else {
      others.append((number, true, isExclusive))
      return
    }
    if let lower, value < lower.value || value == lower.value && !isExclusive { return }
    lower = Bound(value: value, isExclusive: isExclusive, node: node?.index)
  }

  mutating func lower(to number: JSONNumber?, isExclusive: Bool, _ node: SchemaNode?) {
    guard let number else { return }
    guard let value = ExactDecimal(number) else {
      others.append((number, false, isExclusive))
      return
    }
    if let upper, value > upper.value || value == upper.value && !isExclusive { return }
    upper = Bound(value: value, isExclusive: isExclusive, node: node?.index)
  }

  func check() throws(Contradiction) {
    guard let lower, let upper else { return }
    let isEmpty =
      lower.value > upper.value
      || lower.value == upper.value && (lower.isExclusive || upper.isExclusive)
    guard isEmpty else { return }
    throw Contradiction(node: lower.node, reason: "no number lies between the bounds \(self)")
  }

  func contain(_ number: JSONNumber) -> Bool {
    if let lower {
      let bound = lower.value.number
      if number < bound || lower.isExclusive && number == bound { return false }
    }
    if let upper {
      let bound = upper.value.number
      if number > bound || upper.isExclusive && number == bound { return false }
    }
    return others.allSatisfy { other in
      if number == other.bound { return !other.isExclusive }
      return other.isLower ? number > other.bound : number < other.bound
    }
  }

  /// A power of ten fine enough to have numbers between the bounds.
  var fineExponent: Int {
    guard let lower, let upper, let width = upper.value.subtracting(lower.value), !width.isZero
    else { return min(lower?.value.lastPlace ?? 0, upper?.value.lastPlace ?? 0) }
    var exponent = min(0, lower.value.lastPlace, upper.value.lastPlace)
    while exponent > -400, ExactDecimal.powerOfTen(exponent) >= width { exponent -= 1 }
    return exponent - 1
  }

  /// The multiples of a step within the bounds.
  ///
  /// - Returns: `nil` when there is none.
  func grid(step: ExactDecimal, reach: Int) -> NumberPlan.Grid? {
    var first = lower.flatMap { $0.value.ceilingQuotient(dividingBy: step) }
    var last = upper.flatMap { $0.value.floorQuotient(dividingBy: step) }
    if let lower, lower.isExclusive, let count = first, isExact(count, step, lower.value) {
      first = count.adding(ExactDecimal(1))
    }
    if let upper, upper.isExclusive, let count = last, isExact(count, step, upper.value) {
      last = count.adding(ExactDecimal(-1))
    }
    if (lower != nil && first == nil) || (upper != nil && last == nil) { return nil }
    if let first, let last, last < first { return nil }
    if fitsPlainly(first, reach), fitsPlainly(last, reach) {
      let low = first?.int ?? -reach
      let high = last?.int ?? reach
      return NumberPlan.Grid(
        base: ExactDecimal(0),
        step: step,
        counts: low...high,
        simplest: min(max(0, low), high),
        plainExponent: step.powerOfTenExponent
      )
    }
    // The numbers are too large to count from zero.
    let count = first ?? last ?? ExactDecimal(0)
    guard let base = step.multiplied(by: count) else { return nil }
    var room = reach
    if let first, let last, let difference = last.subtracting(first)?.int {
      room = min(room, difference)
    }
    return NumberPlan.Grid(
      base: base,
      step: step,
      counts: first == nil ? -room...0 : 0...room,
      simplest: 0,
      plainExponent: nil
    )
  }

  private func fitsPlainly(_ count: ExactDecimal?, _ reach: Int) -> Bool {
    guard let count else { return true }
    guard let value = count.int else { return false }
    return value.magnitude <= reach.magnitude || lower != nil && upper != nil
  }

  private func isExact(_ count: ExactDecimal, _ step: ExactDecimal, _ bound: ExactDecimal) -> Bool {
    step.multiplied(by: count) == bound
  }

  var description: String {
    let low = lower.map { "\($0.isExclusive ? "above" : "from") \($0.value)" } ?? "any"
    let high = upper.map { "\($0.isExclusive ? "below" : "to") \($0.value)" } ?? "any"
    return "(\(low), \(high))"
  }
}
