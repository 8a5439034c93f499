import JSON
import JSONSchema

/// Turns requirements into plans, each set of requirements once.
///
/// References, `allOf`, `anyOf`, `oneOf`, `if`, dependent schemas and negations are resolved here, so
/// that a leaf has to look at the keywords about the value itself only.
final class PlanBuilder {
  /// Most plans that are worked out ahead to find out what is possible.
  static let maximumPlans = 20_000
  /// How many looks ahead may be in progress at once.
  static let maximumLookDepth = 32
  /// Most schemas of one conjunction that are negated constructively; the others are left to retries.
  static let maximumNegations = 2

  /// Most plans that are kept although they may never be used again.
  static let maximumPassingPlans = 4_096
  /// How many ways to resolve all alternatives of a conjunction are worked out ahead; where there
  /// are more, one is looked for each time.
  static let maximumWays = 256

  let graph: SchemaGraph
  let meter = WorkMeter()
  let judge: SchemaJudge
  let options: GeneratorOptions
  private(set) var names: [String] = []
  private var nameNumbers: [[UInt8]: Int] = [:]
  private(set) var breakPoints: [BreakPoint] = []
  private var breakPointNumbers: [BreakPoint: Int] = [:]
  private var plans: [Conjunction: Plan] = [:]
  /// Plans that are made to be used once; forgotten when there are many.
  var passingPlans: [Conjunction: Plan] = [:]
  private var lookDepth = 0

  init(graph: SchemaGraph, options: GeneratorOptions) {
    self.graph = graph
    self.options = options
    judge = SchemaJudge(graph, meter: meter)
  }

  /// The plan for requirements that hold together.
  func plan(for atoms: [Atom]) -> Plan {
    let conjunction = Conjunction(atoms)
    if let known = plans[conjunction] { return known }
    let plan = newPlan(conjunction)
    plans[conjunction] = plan
    return plan
  }

  /// Forgets plans where very many have been made; they are made anew when they are needed.
  func forgetPlans() {
    if plans.count > Self.maximumPlans { plans = [:] }
  }

  /// A plan that is not kept here.
  func newPlan(_ conjunction: Conjunction) -> Plan {
    Plan(conjunction, marksPlace: conjunction.atoms.contains(where: isPlace))
  }

  /// Whether a requirement says that this is where a way ends.
  private func isPlace(_ atom: Atom) -> Bool {
    atom.kind == .breaks
      && breakPoints[Int(atom.node)].steps.dropLast().allSatisfy { $0.site.keyword.isInPlace }
  }

  /// Makes some value that meets requirements; `nil` when none is found.
  func sample(of atoms: [Atom], seed: UInt64) -> JSONValue? {
    let composer = Composer(builder: self, root: plan(for: atoms))
    var source = ChoiceSource(seed: seed)
    return try? composer.value(from: &source)
  }

  /// The number of a name.
  func number(of name: String) -> Int {
    let key = Array(name.utf8)
    if let known = nameNumbers[key] { return known }
    names.append(name)
    nameNumbers[key] = names.count - 1
    return names.count - 1
  }

  /// The number of a break point.
  func number(of point: BreakPoint) -> Int {
    if let known = breakPointNumbers[point] { return known }
    breakPoints.append(point)
    breakPointNumbers[point] = breakPoints.count - 1
    return breakPoints.count - 1
  }

  /// Works a plan out by one step.
  func expand(_ plan: Plan) {
    guard case .open = plan.form, !plan.isInWork else { return }
    plan.isInWork = true
    defer { plan.isInWork = false }
    do {
      plan.form = try form(of: plan.conjunction)
    } catch {
      plan.form = .impossible(error)
    }
  }

  /// Whether a schema that accepts nothing is among the requirements.
  func isRefusedOutright(_ atoms: [Atom]) -> Bool {
    atoms.contains { $0.kind == .node && graph[Int($0.node)].booleanSchema == false }
  }

  /// Whether a look a few levels down shows that no value can meet the requirements.
  ///
  /// Schemas that are nested extremely deep in each other are not looked at.
  func isPlainlyImpossible(_ plan: Plan) -> Bool {
    guard lookDepth < Self.maximumLookDepth else { return false }
    lookDepth += 1
    defer { lookDepth -= 1 }
    return isImpossible(plan, depth: 3)
  }

  private func isImpossible(_ plan: Plan, depth: Int) -> Bool {
    if let height = plan.height { return height == Plan.impossibleHeight }
    guard depth > 0 else { return false }
    expand(plan)
    switch plan.form {
    case .open, .wide: return false
    case .impossible: return true
    case .branch(let branches):
      return branches.allSatisfy { isImpossible($0, depth: depth - 1) }
    case .leaf(let leaf):
      return leaf.fixed == nil
        && leaf.ways.allSatisfy { way in
          leaf.mandatoryPlans(for: way).contains { isImpossible($0, depth: depth - 1) }
        }
    }
  }

  private func form(of conjunction: Conjunction) throws(Contradiction) -> Plan.Form {
    var settled = try settled(conjunction.atoms)
    // Where there is one branch, there is nothing to choose.
    while let branches = try branches(of: settled), branches.count == 1 {
      settled = try self.settled(branches[0])
    }
    if settled != conjunction.atoms {
      let next = self.plan(for: settled)
      expand(next)
      return next.form
    }
    if waysToResolve(settled) > Self.maximumWays { return .wide(settled) }
    if let branches = try branches(of: settled) { return .branch(branches.map { plan(for: $0) }) }
    let leaf = try LeafPlan(Requirements(conjunction, builder: self), builder: self)
    meter.plan(100 + 10 * (leaf.object?.members.count ?? 0))
    return .leaf(leaf)
  }

  /// Requirements with references and whatever else leaves no choice followed, sorted.
  func settled(_ atoms: [Atom]) throws(Contradiction) -> [Atom] {
    var settled: Set<Atom> = []
    var open = atoms
    while let atom = open.popLast() {
      switch atom.kind {
      case .node:
        open += try parts(ofNode: Int(atom.node), omitting: nil)
      case .breaks:
        open += try parts(ofBreakPoint: Int(atom.node))
      case .negated:
        if let simpler = try simplified(negationOf: Int(atom.node)) {
          open += simpler
        } else {
          settled.insert(atom)
        }
      default: settled.insert(atom)
      }
    }
    return settled.sorted()
  }

  /// What a schema that accepts the value comes down to.
  private func parts(
    ofNode index: Int,
    omitting omitted: KeywordSite?
  ) throws(Contradiction) -> [Atom] {
    let node = graph[index]
    if let constant = node.booleanSchema {
      if constant { return [] }
      throw Contradiction(node: index, reason: "the schema 'false' accepts nothing")
    }
    func keeps(_ keyword: KeywordSite.Keyword, _ index: Int = 0) -> Bool {
      omitted != KeywordSite(keyword, index)
    }
    var atoms = [Atom(.own, index, omitted)]
    if let target = node.reference?.target, keeps(.reference) { atoms.append(.node(target)) }
    if let target = node.dynamicReference?.target, keeps(.dynamicReference) {
      atoms.append(.node(target))
    }
    for (place, target) in node.allOf.enumerated() where keeps(.allOf, place) {
      atoms.append(.node(target))
    }
    if !node.anyOf.isEmpty, keeps(.anyOf) { atoms.append(Atom(.anyOf, index)) }
    if !node.oneOf.isEmpty, keeps(.oneOf), keeps(.oneOfSeveral) {
      atoms.append(Atom(.oneOf, index))
    }
    if let target = node.not, keeps(.not) { atoms.append(.negated(target)) }
    if node.ifSchema != nil, node.thenSchema != nil || node.elseSchema != nil,
      keeps(.then), keeps(.otherwise)
    {
      atoms.append(Atom(.condition, index))
    }
    for place in node.dependentSchemas.indices where keeps(.dependentSchema, place) {
      atoms.append(Atom(.dependent, index, KeywordSite(.dependentSchema, place)))
    }
    return atoms
  }

  /// What a schema that accepts the value but for one assertion comes down to.
  private func parts(ofBreakPoint number: Int) throws(Contradiction) -> [Atom] {
    let point = breakPoints[number]
    return try parts(ofNode: point.first.node, omitting: point.first.site)
      + violating(point)
  }

  /// What makes one assertion fail: other requirements where it is about the value as a whole, else
  /// a violation that the leaf deals with.
  func violating(_ point: BreakPoint) throws(Contradiction) -> [Atom] {
    let node = graph[point.first.node]
    func broken(_ target: Int) -> Atom {
      point.rest.map { Atom(.breaks, number(of: $0)) } ?? .negated(target)
    }
    let place = Int(point.first.site.index)
    switch point.first.site.keyword {
    case .reference: return node.reference.map { [broken($0.target)] } ?? []
    case .dynamicReference: return node.dynamicReference.map { [broken($0.target)] } ?? []
    case .allOf: return [broken(node.allOf[place])]
    case .anyOf, .oneOf:
      let branches =
        node.anyOf.isEmpty || point.first.site.keyword == .oneOf
        ? node.oneOf : node.anyOf
      guard let rest = point.rest else { return branches.map { .avoided($0) } }
      // The branch that is broken further down is the one meant; the others must fail as well: few by
      // construction, many are left to retries.
      let others = branches.filter { $0 != rest.first.node }
      let isFew = others.count <= Self.maximumNegations
      return others.map { isFew ? .negated($0) : .avoided($0) }
        + [Atom(.breaks, number(of: rest))]
    case .oneOfSeveral: return [Atom(.several, point.first.node)]
    case .place: return []
    case .dependentRequired:
      let dependent = node.dependentRequired[place]
      let missing = dependent.required.first { name in
        !node.required.contains { $0.utf8.elementsEqual(name.utf8) }
      }
      guard let missing else {
        throw Contradiction(
          node: node.index,
          reason: "what '\(dependent.name)' asks for is required anyway"
        )
      }
      return [
        Atom(.requires, number(of: dependent.name)), Atom(.forbids, number(of: missing)),
        Atom(.ofTypes, Int(SchemaTypes.object.rawValue)),
      ]
    case .not: return node.not.map { [.node($0)] } ?? []
    case .then:
      return [node.ifSchema.map { .node($0) }, node.thenSchema.map(broken)].compactMap { $0 }
    case .otherwise:
      return [node.ifSchema.map { .negated($0) }, node.elseSchema.map(broken)].compactMap { $0 }
    case .dependentSchema:
      let dependent = node.dependentSchemas[place]
      return [Atom(.requires, number(of: dependent.name)), broken(dependent.schema)]
    case .required:
      return [
        Atom(.forbids, number(of: node.required[place])),
        Atom(.ofTypes, Int(SchemaTypes.object.rawValue)),
      ]
    case .type:
      let types = node.types?.withIntegers ?? .all
      return [Atom(.ofTypes, Int(SchemaTypes.all.subtracting(types).rawValue))]
    default:
      return [Atom(.violates, number(of: point))]
    }
  }
}

extension SchemaTypes {
  /// The set with `integer` wherever there is `number`.
  var withIntegers: SchemaTypes { contains(.number) ? union(.integer) : self }
}

extension Atom {
  /// Whether a branch has to be chosen.
  var isAlternative: Bool {
    switch kind {
    case .anyOf, .oneOf, .condition, .dependent, .several, .negated: true
    default: false
    }
  }
}
