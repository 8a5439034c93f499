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
    if !plan.extremes.isEmpty, source.index(weights: [15, 1]) == 1 {
      return plan.extremes[source.index(below: plan.extremes.count)]
    }
    // The coarsest grid is the simplest; the others are as likely together.
    let others = plan.grids.count - 1
    let weights = [max(1, others)] + Array(repeating: 1, count: others)
    let grid = plan.grids[source.index(weights: weights)]
    let count = source.integer(in: grid.counts, simplest: grid.simplest)
    return grid.number(count)
  }
}

extension NumberPlan.Grid {
  /// The number so many steps from the base.
  func number(_ count: Int) -> JSONNumber {
    if plainExponent == 0 { return JSONNumber(count) }
    if base.isZero { return step.multiplied(by: count).number }
    return (base.adding(step.multiplied(by: count)) ?? base).number
  }
}
