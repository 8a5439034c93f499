import JSON
import JSONSchema

// Requirements with so many alternatives that their combinations cannot be listed: the alternatives
// are resolved one after the other, each time anew, and what contradicts itself early is left early.
extension PlanBuilder {
  /// About how many ways there are to resolve all alternatives of some requirements.
  func waysToResolve(_ atoms: [Atom]) -> Int {
    var ways = 1
    for atom in atoms where atom.isAlternative {
      let node = graph[Int(atom.node)]
      let branches =
        switch atom.kind {
        case .anyOf: node.anyOf.count
        case .oneOf: node.oneOf.count
        case .several: node.oneOf.count * (node.oneOf.count - 1) / 2
        case .negated: node.keywordSites.count
        default: 2
        }
      ways = ways.multipliedReportingOverflow(by: max(1, branches)).partialValue
      // Nobody needs the number once it is large.
      if ways > 1 << 20 || ways <= 0 { return 1 << 20 }
    }
    return ways
  }

  /// The first alternative of some requirements with its branches, each with all the others.
  func branches(of atoms: [Atom]) throws(Contradiction) -> [[Atom]]? {
    guard let choice = atoms.first(where: \.isAlternative) else { return nil }
    let rest = atoms.filter { $0 != choice }
    return try alternatives(of: choice, besides: rest).map { rest + $0 }
  }

  /// Requirements with their references and the like followed, and alternatives left as they are.
  ///
  /// - Returns: `nil` where a look at what is not left open shows that no value meets them.
  func settledPossibly(_ atoms: [Atom]) -> [Atom]? {
    guard let settled = try? settled(atoms) else { return nil }
    let certain = settled.filter { !$0.isAlternative }
    return isPlainlyImpossible(passingPlan(for: certain)) ? nil : settled
  }

  /// The plan for requirements that are met once and perhaps never again.
  func passingPlan(for atoms: [Atom]) -> Plan {
    if passingPlans.count > Self.maximumPassingPlans { passingPlans = [:] }
    let conjunction = Conjunction(atoms)
    if let known = passingPlans[conjunction] { return known }
    let plan = newPlan(conjunction)
    passingPlans[conjunction] = plan
    return plan
  }
}
