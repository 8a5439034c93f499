import JSON
import JSONSchema

/// Makes values from plans and choices.
///
/// It belongs to one ``ValueGenerator``, which lets one thread in at a time.
final class Composer {
  let builder: PlanBuilder
  let options: GeneratorOptions
  let analysis: PlanAnalysis
  let root: Plan
  /// How far below zero ``room`` may go for what cannot be left out.
  private let leastRoom: Int

  /// Values used before, for the value being made.
  var pool: ValuePool?
  /// The values that are led back to the pool, while choices for a value are looked for.
  var links: Set<JSONValue> = []
  /// The name of the member that is being led back to choices.
  var linkedProperty: String?
  /// How many more parts may be made before everything that can be left out is left out.
  var room = 0
  var depth = 0
  init(graph: SchemaGraph, root: [Atom], options: GeneratorOptions) {
    builder = PlanBuilder(graph: graph, options: options)
    self.options = options
    leastRoom = -options.mostValues
    analysis = PlanAnalysis(builder: builder)
    self.root = builder.plan(for: root)
  }

  /// Works with plans that were begun elsewhere.
  init(builder: PlanBuilder, root: Plan) {
    self.builder = builder
    self.root = root
    options = builder.options
    leastRoom = -options.mostValues
    analysis = PlanAnalysis(builder: builder)
  }

  /// Where in the value the way of a break point ended, last time.
  private(set) var place: JSONPointer?
  /// The plan of the value there.
  private(set) var placePlan: Plan?
  /// The way to the value being made, as long as there is a break point to be reached.
  var path: [String] = []
  private(set) var tracksPath = false

  /// What goes wrong on the way, before it is put into words.
  enum Failure: Error {
    /// No value can meet the requirements.
    case impossible(Contradiction)
    /// All attempts to meet what cannot be constructed have failed.
    case exhausted(node: Int?)
    /// The value would have more parts than values may have.
    case tooLarge(node: Int?)
    /// So many parts have been made and thrown away that it is given up.
    case spent(node: Int?)
  }

  /// Most times that a whole value is made anew that has become too large.
  fileprivate static let maximumLargeAttempts = 3

  /// Makes a whole value.
  func value(from source: inout ChoiceSource) throws(Failure) -> JSONValue {
    try value(of: root, from: &source)
  }

  /// Makes a whole value by a plan.
  func value(of plan: Plan, from source: inout ChoiceSource) throws(Failure) -> JSONValue {
    room = options.maximumValues
    depth = 0
    path = []
    tracksPath = plan.conjunction.atoms.contains { $0.kind == .breaks }
    place = nil
    placePlan = nil
    return try value(plan, property: nil, from: &source)
  }

  /// Whether only what is necessary is made from here on.
  var isShort: Bool { room <= 0 || depth >= options.maximumDepth }

  /// Makes a value by a plan.
  func value(
    _ plan: Plan,
    property: String?,
    from source: inout ChoiceSource
  ) throws(Failure) -> JSONValue {
    analysis.settle(plan)
    if plan.marksPlace {
      place = JSONPointer(tokens: path)
      placePlan = plan
    }
    switch plan.form {
    case .impossible(let contradiction): throw .impossible(contradiction)
    case .branch:
      return try value(branch(of: plan, from: &source), property: property, from: &source)
    case .leaf(let leaf):
      room -= 1
      builder.meter.spend(1)
      if room <= leastRoom { throw .tooLarge(node: plan.node) }
      if builder.meter.isSpent { throw .spent(node: plan.node) }
      if let fixed = leaf.fixed { return fixed[source.index(below: fixed.count)] }
      return try value(leaf, of: plan, property: property, from: &source)
    case .wide:
      return try value(resolved(plan, from: &source), property: property, from: &source)
    case .open: throw .exhausted(node: plan.node)
    }
  }

  private func branch(of plan: Plan, from source: inout ChoiceSource) throws(Failure) -> Plan {
    let branches = possibleBranches(of: plan)
    guard let flattest = branches.min(by: { ($0.height ?? 1) < ($1.height ?? 1) }) else {
      throw .impossible(
        plan.contradiction ?? Contradiction(node: nil, reason: "no branch is possible")
      )
    }
    return isShort ? flattest : branches[source.index(below: branches.count)]
  }

  /// The branches that some value can take, each analysed.
  func possibleBranches(of plan: Plan) -> [Plan] {
    if let known = plan.possibleBranches { return known }
    guard case .branch(let branches) = plan.form else { return [plan] }
    for branch in branches { analysis.settle(branch) }
    let possible = branches.filter { !$0.isImpossible }
    plan.possibleBranches = possible
    return possible
  }

  // MARK: Leaves

  /// How a leaf's value comes about; the first choice for every leaf whose value is not listed.
  enum Origin: Int, CaseIterable {
    case made, example, pool, verbatim
  }

  private func value(
    _ leaf: LeafPlan,
    of plan: Plan,
    property: String?,
    from source: inout ChoiceSource
  ) throws(Failure) -> JSONValue {
    if leaf.isNull { return .null }
    if leaf.isPlainBoolean { return .bool(source.boolean()) }
    var site: PoolSite?
    let ways = leaf.ways
    if let pool, ways.contains(.string) || ways.contains(.number) {
      let place = leaf.site.named(property)
      if pool.hasCandidates(for: place) { site = place }
    }
    let usage = site.flatMap { pool?.usage(at: $0) } ?? .usual
    let reuse = usage.reuse ?? options.reuse
    let origin = source.index(below: Origin.allCases.count) { random in
      if site != nil, random.chance(in256: reuse) { return Origin.pool.rawValue }
      if !leaf.examples.isEmpty, !isShort, random.chance(in256: leaf.unequal.isEmpty ? 16 : 192) {
        return Origin.example.rawValue
      }
      return Origin.made.rawValue
    }
    switch Origin(rawValue: origin) {
    case .example:
      let index = source.index(below: max(1, leaf.examples.count))
      if leaf.examples.indices.contains(index) { return leaf.examples[index] }
    case .pool:
      let candidates = site.flatMap { pool?.candidates(for: $0) } ?? []
      // What was at hand last is most likely what the next step is about.
      let index =
        candidates.count < 2
        ? 0
        : source.index(below: candidates.count) { random in
          random.chance(in256: usage.newest) ? 0 : random.below(candidates.count)
        }
      // From there on, the first that may stand here: most may, so few are judged.
      let others = candidates.dropFirst(index) + candidates.prefix(index)
      if let value = others.first(where: { leaf.accepts($0, judge: builder.judge) }) {
        return value
      }
    case .verbatim:
      if let value = verbatim(leaf, from: &source) { return value }
    case .made, nil: break
    }
    return try made(leaf, of: plan, property: property, from: &source)
  }

  /// A value given as its text, as long as it is valid.
  private func verbatim(_ leaf: LeafPlan, from source: inout ChoiceSource) -> JSONValue? {
    let text = source.string(StringBounds(lengths: 0...Int.max))
    guard let value = try? JSONValue.parse(text), leaf.accepts(value, judge: builder.judge)
    else { return nil }
    return value
  }

  private func made(
    _ leaf: LeafPlan,
    of plan: Plan,
    property: String?,
    from source: inout ChoiceSource
  ) throws(Failure) -> JSONValue {
    guard leaf.needsCheck else {
      return try construct(leaf, of: plan, property: property, from: &source)
    }
    let start = source.checkpoint
    let before = (room, depth)
    for attempt in 0..<options.maximumAttempts {
      (room, depth) = before
      do throws(Failure) {
        let value: JSONValue
        if attempt == 0 {
          value = try construct(leaf, of: plan, property: property, from: &source)
        } else {
          value = try source.improvising(attempt: attempt) { source throws(Failure) in
            try construct(leaf, of: plan, property: property, from: &source)
          }
        }
        if leaf.accepts(value, judge: builder.judge) { return value }
      } catch {
        if case .spent = error { throw error }
      }
      source.rollBack(to: start)
    }
    throw .exhausted(node: plan.node)
  }

  private func construct(
    _ leaf: LeafPlan,
    of plan: Plan,
    property: String?,
    from source: inout ChoiceSource
  ) throws(Failure) -> JSONValue {
    let ways = leaf.ways
    var way = ways[0]
    if ways.count > 1 {
      // Where several types will do, plain values are mostly as good as nested ones.
      way = ways[source.index(weights: isShort ? leaf.shortWeights : leaf.weights)]
    }
    switch way {
    case .null: return .null
    case .boolean: return .bool(source.boolean())
    case .number:
      guard let number = leaf.number else { throw .exhausted(node: plan.node) }
      return .number(try self.number(number, of: plan, from: &source))
    case .string:
      guard let string = leaf.string else { throw .exhausted(node: plan.node) }
      let text = try self.string(string, of: plan, from: &source)
      builder.meter.spend(text.utf8.count / 64)
      return .string(text)
    case .array:
      guard let array = leaf.array else { throw .exhausted(node: plan.node) }
      if depth >= PlanAnalysis.maximumHeight { throw .tooLarge(node: plan.node) }
      depth += 1
      defer { depth -= 1 }
      return .array(try items(array, of: plan, property: property, from: &source))
    case .object:
      guard let object = leaf.object else { throw .exhausted(node: plan.node) }
      if depth >= PlanAnalysis.maximumHeight { throw .tooLarge(node: plan.node) }
      depth += 1
      defer { depth -= 1 }
      return .object(try members(object, of: plan, from: &source))
    }
  }
}

extension Composer.Failure {
  /// Whether making the whole value anew may help.
  func allowsAnother(after attempt: Int) -> Bool {
    switch self {
    case .impossible, .spent: false
    case .exhausted: true
    case .tooLarge: attempt < Composer.maximumLargeAttempts
    }
  }
}
