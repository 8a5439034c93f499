import JSON
import JSONSchema

extension Composer {
  /// Resolves the alternatives of a plan that has too many to be listed, one after the other.
  ///
  /// - Returns: A plan without such alternatives.
  func resolved(
    _ plan: Plan,
    from source: inout ChoiceSource
  ) throws(Failure) -> Plan {
    guard case .wide(let atoms) = plan.form else { return plan }
    if let found = try resolve(atoms, from: &source) { return found }
    throw .exhausted(node: plan.node)
  }

  /// Searches in depth, the branches of each alternative beginning with the one that is drawn.
  private func resolve(
    _ atoms: [Atom],
    from source: inout ChoiceSource
  ) throws(Failure) -> Plan? {
    builder.meter.spend(WorkMeter.stepCost)
    guard !builder.meter.isSpent else { throw .spent(node: nil) }
    guard let branches = try? builder.branches(of: atoms), !branches.isEmpty else {
      let plan = builder.passingPlan(for: atoms)
      return isImpossible(plan) ? nil : plan
    }
    let start = source.checkpoint
    let first = isShort && source.isRandom ? 0 : source.index(below: branches.count)
    for step in branches.indices {
      let place = (first + step) % branches.count
      guard let next = builder.settledPossibly(branches[place]) else { continue }
      source.rollBack(to: start)
      if branches.count > 1 { source.record(.index(place, count: branches.count)) }
      if let found = try resolve(next, from: &source) { return found }
    }
    source.rollBack(to: start)
    return nil
  }

  /// Writes the choices that make a plan with too many alternatives give a value.
  func write(
    _ value: JSONValue,
    wide plan: Plan,
    givesParts: Bool,
    to source: inout ChoiceSource
  ) -> Bool {
    guard case .wide(let atoms) = plan.form else { return false }
    builder.meter.begin(WorkMeter.valueBudget)
    return write(value, atoms: atoms, givesParts: givesParts, to: &source)
  }

  private func write(
    _ value: JSONValue,
    atoms: [Atom],
    givesParts: Bool,
    to source: inout ChoiceSource
  ) -> Bool {
    builder.meter.spend(WorkMeter.stepCost)
    guard !builder.meter.isSpent, atoms.allSatisfy({ mayAllow(value, $0) }) else { return false }
    guard let branches = try? builder.branches(of: atoms), !branches.isEmpty else {
      let plan = builder.passingPlan(for: atoms)
      return !isImpossible(plan) && write(value, plan, givesParts: givesParts, to: &source)
    }
    let start = source.checkpoint
    for (place, branch) in branches.enumerated() {
      guard let next = builder.settledPossibly(branch) else { continue }
      if branches.count > 1 { source.record(.index(place, count: branches.count)) }
      if write(value, atoms: next, givesParts: givesParts, to: &source) { return true }
      source.rollBack(to: start)
    }
    return false
  }

  /// Whether a value can meet a requirement, as far as a quick look shows it.
  private func mayAllow(_ value: JSONValue, _ atom: Atom) -> Bool {
    let index = Int(atom.node)
    switch atom.kind {
    case .node, .own: return atom.site != nil || builder.judge.accepts(value, node: index)
    case .negated, .avoided: return !builder.judge.accepts(value, node: index)
    case .requires: return value.objectValue?[builder.names[index]] != nil
    case .forbids: return value.objectValue?[builder.names[index]] == nil
    default: return true
    }
  }
}
