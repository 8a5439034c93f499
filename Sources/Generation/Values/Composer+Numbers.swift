import JSON

extension Composer {
  /// Makes a number.
  func number(
    _ plan: NumberPlan,
    of whole: Plan,
    from source: inout ChoiceSource
  ) throws(Failure) -> JSONNumber {
    guard plan.needsCheck else { return anyNumber(plan, from: &source) }
    let start = source.checkpoint
    for attempt in 0..<options.maximumAttempts {
      let number =
        attempt == 0
        ? anyNumber(plan, from: &source)
        : source.improvising(attempt: attempt) { anyNumber(plan, from: &$0) }
      if plan.accepts(number) { return number }
      source.rollBack(to: start)
    }
    throw .exhausted(node: whole.node)
  }

  private func anyNumber(_ plan: NumberPlan, from source: inout ChoiceSource) -> JSONNumber {
    if !plan.extremes.isEmpty, source.boolean(chance: 16) {
      return plan.extremes[source.index(below: plan.extremes.count)]
    }
    // The coarsest grid is the simplest; the others are as likely together.
    let count = plan.grids.count
    let index =
      count == 1
      ? 0
      : source.index(below: count) { random in
        random.chance(in256: 128) ? 0 : 1 + random.below(count - 1)
      }
    let grid = plan.grids[index]
    return grid.number(source.integer(in: grid.counts, simplest: grid.simplest))
  }
}

extension NumberPlan.Grid {
  /// The number so many steps from the base.
  func number(_ count: Int) -> JSONNumber {
    if let plainExponent { return .shifted(count, by: plainExponent) }
    if base.isZero { return step.multiplied(by: count).number }
    return (base.adding(step.multiplied(by: count)) ?? base).number
  }
}

extension JSONNumber {
  /// A whole number with the decimal point moved to the left, without zeros at the end.
  fileprivate static func shifted(_ value: Int, by exponent: Int) -> JSONNumber {
    var digits = value
    var places = -exponent
    while places > 0, digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    guard places > 0 else { return JSONNumber(digits) }
    var text = String(digits.magnitude)
    if text.utf8.count <= places {
      text = String(repeating: "0", count: places + 1 - text.utf8.count) + text
    }
    let point = text.utf8.index(text.endIndex, offsetBy: -places)
    let number = (digits < 0 ? "-" : "") + text[..<point] + "." + text[point...]
    return JSONNumber(number) ?? JSONNumber(value)
  }
}
