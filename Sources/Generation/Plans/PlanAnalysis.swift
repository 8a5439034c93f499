import JSON

/// Finds out which plans can be carried out, and how deep their flattest values are.
///
/// A schema may refer to itself; a value exists only where some way through it ends. So heights
/// start as unknown and are lowered until nothing changes; what stays unknown is impossible.
struct PlanAnalysis {
  let builder: PlanBuilder

  /// Settles the height of a plan and of all that it depends on.
  func settle(_ root: Plan) {
    guard root.height == nil else { return }
    builder.forgetPlans()
    var plans: [Plan] = []
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
    var waiting = [root]
    while let plan = waiting.popLast() {
      if plans.count < PlanBuilder.maximumPlans { builder.expand(plan) }
      plans.append(plan)
      for next in needed(by: plan) where next.height == nil {
        if seen.insert(ObjectIdentifier(next)).inserted { waiting.append(next) }
      }
    }
    for plan in plans { refuseTooFewDifferentItems(plan) }
    let heights = leastHeights(of: plans)
    // What others depend on comes later in the list; their reasons are needed first.
    for plan in plans.reversed() {
      guard let height = heights[ObjectIdentifier(plan)] else {
        plan.height = Plan.impossibleHeight
        plan.form = .impossible(reason(of: plan))
        continue
      }
      plan.height = height
      if case .leaf(let leaf) = plan.form {
        leaf.keepWays { self.height(of: leaf, by: $0, heights) }
      }
    }
  }

  /// Finds out where more different items are needed than there are.
  private func refuseTooFewDifferentItems(_ plan: Plan) {
    guard case .leaf(let leaf) = plan.form, leaf.fixed == nil, let array = leaf.array,
      array.isUnique, array.counts.lowerBound > 1
    else { return }
    var values: Set<JSONValue> = []
    for item in array.mandatory {
      guard let possible = item.finiteValues(builder.judge) else { return }
      values.formUnion(possible)
    }
    guard values.count < array.counts.lowerBound else { return }
    leaf.refuse(.array)
    guard leaf.ways.isEmpty else { return }
    plan.form = .impossible(
      Contradiction(
        node: plan.node,
        reason: "at least \(array.counts.lowerBound) different items are needed, only "
          + "\(values.count) are possible"
      )
    )
  }

  /// The heights of plans that depend on no others than settled ones and each other.
  private func leastHeights(of plans: [Plan]) -> [ObjectIdentifier: Int] {
    var dependents: [ObjectIdentifier: [Plan]] = [:]
    for plan in plans {
      for part in needed(by: plan) where part.height == nil {
        dependents[ObjectIdentifier(part), default: []].append(plan)
      }
    }
    var heights: [ObjectIdentifier: Int] = [:]
    var waiting = plans
    while let plan = waiting.popLast() {
      let known = heights[ObjectIdentifier(plan)]
      guard let height = height(of: plan, heights), height != known,
        height <= Self.maximumHeight
      else { continue }
      heights[ObjectIdentifier(plan)] = height
      waiting += dependents[ObjectIdentifier(plan)] ?? []
    }
    return heights
  }

  /// Values nested deeper are of no use: no reader accepts them.
  static let maximumHeight = 500

  private func needed(by plan: Plan) -> [Plan] {
    switch plan.form {
    case .open, .impossible, .wide: []
    case .branch(let plans): plans
    case .leaf(let leaf): leaf.mandatoryPlans
    }
  }

  private func height(of plan: Plan, _ heights: [ObjectIdentifier: Int]) -> Int? {
    switch plan.form {
    case .open, .wide: return 1
    case .impossible: return nil
    case .branch(let plans): return plans.compactMap { known($0, heights) }.min()
    case .leaf(let leaf):
      if leaf.fixed != nil { return 1 }
      return leaf.ways.compactMap { self.height(of: leaf, by: $0, heights) }.min()
    }
  }

  private func height(
    of leaf: LeafPlan,
    by way: LeafPlan.Way,
    _ heights: [ObjectIdentifier: Int]
  ) -> Int? {
    let parts = leaf.mandatoryPlans(for: way)
    let known = parts.compactMap { self.known($0, heights) }
    return known.count == parts.count ? 1 + (known.max() ?? 0) : nil
  }

  private func known(_ plan: Plan, _ heights: [ObjectIdentifier: Int]) -> Int? {
    let height = plan.height ?? heights[ObjectIdentifier(plan)]
    return height == Plan.impossibleHeight ? nil : height
  }

  private func reason(of plan: Plan) -> Contradiction {
    switch plan.form {
    case .impossible(let contradiction): return contradiction
    case .branch(let plans):
      for case .impossible(let contradiction) in plans.map(\.form) {
        let many = plans.count > 1
        return Contradiction(
          node: contradiction.node,
          reason: many
            ? "none of \(plans.count) branches is possible: \(contradiction.reason)"
            : contradiction.reason,
          isLimit: plans.contains { $0.contradiction?.isLimit ?? false }
        )
      }
    case .leaf(let leaf):
      for (label, part) in leaf.labelledMandatoryPlans {
        if case .impossible(let contradiction) = part.form {
          return Contradiction(
            node: contradiction.node,
            reason: "\(label): \(contradiction.reason)",
            isLimit: contradiction.isLimit
          )
        }
      }
    case .open, .wide: break
    }
    return Contradiction(
      node: plan.node,
      reason: "every value would have to contain others without end, or nested more than "
        + "\(Self.maximumHeight) deep"
    )
  }
}
