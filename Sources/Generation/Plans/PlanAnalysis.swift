/// Finds out which plans can be carried out, and how deep their flattest values are.
///
/// A schema may refer to itself; a value exists only where some way through it ends. So heights
/// start as unknown and are lowered until nothing changes; what stays unknown is impossible.
struct PlanAnalysis {
  let builder: PlanBuilder

  /// Settles the height of a plan and of all that it depends on.
  func settle(_ root: Plan) {
    guard root.height == nil else { return }
    var plans: [Plan] = []
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
    var waiting = [root]
    while let plan = waiting.popLast() {
      if builder.planCount < PlanBuilder.maximumPlans || plan === root { builder.expand(plan) }
      plans.append(plan)
      for next in needed(by: plan) where next.height == nil {
        if seen.insert(ObjectIdentifier(next)).inserted { waiting.append(next) }
      }
    }
    var heights: [ObjectIdentifier: Int] = [:]
    var isChanged = true
    while isChanged {
      isChanged = false
      for plan in plans.reversed() {
        let height = height(of: plan, heights)
        if height != heights[ObjectIdentifier(plan)] {
          heights[ObjectIdentifier(plan)] = height
          isChanged = true
        }
      }
    }
    for plan in plans {
      plan.height = heights[ObjectIdentifier(plan)] ?? Plan.impossibleHeight
      if plan.height != Plan.impossibleHeight { continue }
      plan.form = .impossible(reason(of: plan, heights))
    }
  }

  private func needed(by plan: Plan) -> [Plan] {
    switch plan.form {
    case .open, .impossible: []
    case .branch(let plans): plans
    case .leaf(let leaf): leaf.mandatoryPlans
    }
  }

  private func height(of plan: Plan, _ heights: [ObjectIdentifier: Int]) -> Int? {
    func known(_ plan: Plan) -> Int? {
      let height = plan.height ?? heights[ObjectIdentifier(plan)]
      return height == Plan.impossibleHeight ? nil : height
    }
    switch plan.form {
    case .open: return 1
    case .impossible: return nil
    case .branch(let plans): return plans.compactMap(known).min()
    case .leaf(let leaf):
      if leaf.fixed != nil { return 1 }
      return leaf.ways.compactMap { way -> Int? in
        let parts = leaf.mandatoryPlans(for: way)
        let heights = parts.compactMap(known)
        return heights.count == parts.count ? 1 + (heights.max() ?? 0) : nil
      }.min()
    }
  }

  private func reason(of plan: Plan, _ heights: [ObjectIdentifier: Int]) -> Contradiction {
    switch plan.form {
    case .impossible(let contradiction): return contradiction
    case .branch(let plans):
      for case .impossible(let contradiction) in plans.map(\.form) {
        let many = plans.count > 1
        return Contradiction(
          node: contradiction.node,
          reason: many
            ? "none of \(plans.count) branches is possible: \(contradiction.reason)"
            : contradiction.reason
        )
      }
    case .leaf(let leaf):
      for (label, part) in leaf.labelledMandatoryPlans {
        if case .impossible(let contradiction) = part.form {
          return Contradiction(
            node: contradiction.node,
            reason: "\(label): \(contradiction.reason)"
          )
        }
      }
    case .open: break
    }
    return Contradiction(
      node: plan.node,
      reason: "every value would have to contain another one of the same schema, without end"
    )
  }
}
