import JSON
package import JSONSchema

/// The cases that a schema calls for: for each place and keyword the values at the boundary on both
/// sides, and contents that software gets wrong.
///
/// The list is the same for the same schema. Each case is an ordinary valid value with one part
/// replaced; the validator says whether that is still valid.
package struct CoverageList: Sendable {
  /// The cases in the order of the schema, each value once.
  package let cases: [CoverageCase]

  /// Most cases of one schema.
  package static let maximumCases = 20_000

  /// Works out the cases of a schema.
  package init(schema: CompiledSchema, options: GeneratorOptions = GeneratorOptions()) {
    let composer = Composer(
      graph: schema.graph,
      root: [.node(schema.rootNode)],
      options: options
    )
    let walk = SiteWalk(schema.graph, from: schema.rootNode)
    var cases: [CoverageCase] = []
    var seen: Set<JSONPlace> = []
    for node in walk.nodes {
      guard cases.count < Self.maximumCases,
        composer.builder.meter.total < WorkMeter.listBudget,
        let place = walk.ways[node, default: []].lazy
          .compactMap({ Self.place(of: $0, walk, composer) }).first
      else { continue }
      for candidate in place.context.candidates
      where cases.count < Self.maximumCases && composer.builder.meter.total < WorkMeter.listBudget {
        let whole = place.whole.replacing(place.pointer, by: candidate.value)
        composer.builder.meter.plan(whole.size)
        guard
          seen.insert(JSONPlace(text: whole.bytes(), node: candidate.site == nil ? -1 : node))
            .inserted
        else { continue }
        cases.append(
          Self.judged(whole, candidate, place, walk, schema, composer.builder.judge)
        )
      }
    }
    let trials = SiteTrials(schema, composer, walk)
    self.cases = cases + Self.twins(of: trials, besides: cases, walk, schema, composer)
  }

  private struct JSONPlace: Hashable {
    // Bytes, because equal strings may be spelt differently.
    var text: [UInt8]
    var node: Int
  }

  private struct Place {
    var whole: JSONValue
    var pointer: JSONPointer
    var way: BreakPoint
    var context: CandidateContext
  }

  /// An ordinary value in which the place at the end of a way exists.
  private static func place(
    of way: BreakPoint,
    _ walk: SiteWalk,
    _ composer: Composer
  ) -> Place? {
    let builder = composer.builder
    let plan = builder.plan(for: [Atom(.breaks, builder.number(of: way))])
    var short = ChoiceSource(replaying: ChoiceLog())
    builder.meter.begin(WorkMeter.valueBudget)
    guard let whole = try? composer.value(of: plan, from: &short), let pointer = composer.place,
      let end = composer.placePlan, let usual = whole[pointer]
    else { return nil }
    guard let leaf = composer.leaf(of: end, accepting: usual) else { return nil }
    let full = composer.fullValue(of: end) ?? usual
    guard let last = way.steps.last else { return nil }
    let context = CandidateContext(
      node: builder.graph[last.node],
      leaf: leaf,
      usual: usual,
      full: full,
      cycle: walk.cycles[last.node],
      composer: composer
    )
    return Place(whole: whole, pointer: pointer, way: way, context: context)
  }

  private static func judged(
    _ whole: JSONValue,
    _ candidate: Candidate,
    _ place: Place,
    _ walk: SiteWalk,
    _ schema: CompiledSchema,
    _ judge: SchemaJudge
  ) -> CoverageCase {
    let isValid = schema.isValid(whole)
    var isAlone = false
    var site: AssertionSite?
    if let keyword = candidate.site, place.context.node.keywordSites.contains(keyword) {
      site = AssertionSite(place.way.breaking(keyword), in: schema.graph)
      if !isValid {
        var judge = judge
        judge.omissions = [(place.context.node.index, keyword)]
        isAlone = judge.accepts(whole, node: schema.rootNode)
      }
    }
    return CoverageCase(
      value: whole,
      place: place.pointer,
      label: candidate.label,
      site: site,
      isValid: isValid,
      isAlone: isAlone,
      isExotic: candidate.isExotic
    )
  }

  /// One value for each assertion that can be broken alone, so that none is without, and a valid one
  /// beside it where there is none yet.
  private static func twins(
    of trials: SiteTrials,
    besides cases: [CoverageCase],
    _ walk: SiteWalk,
    _ schema: CompiledSchema,
    _ composer: Composer
  ) -> [CoverageCase] {
    let end = composer.builder.meter.total + WorkMeter.trialBudget
    let known = Set(cases.lazy.filter(\.isValid).compactMap { $0.site?.description })
    return trials.breakable.flatMap { invalid -> [CoverageCase] in
      func twin(_ value: JSONValue, _ place: JSONPointer, isValid: Bool) -> CoverageCase {
        CoverageCase(
          value: value,
          place: place,
          label: isValid
            ? "an ordinary value for '\(invalid.site.keyword)'"
            : "breaks '\(invalid.site.keyword)' alone",
          site: invalid.site,
          isValid: isValid,
          isAlone: !isValid,
          isExotic: false
        )
      }
      let broken = twin(invalid.value, invalid.place, isValid: false)
      guard !known.contains(invalid.site.description), composer.builder.meter.total < end,
        let usual = invalid.site.point.placesUpwards.lazy.compactMap({
          place(of: $0, walk, composer)
        }).first,
        schema.isValid(usual.whole)
      else { return [broken] }
      return [broken, twin(usual.whole, usual.pointer, isValid: true)]
    }
  }
}

extension Composer {
  /// The leaf of a plan that accepts a value.
  fileprivate func leaf(of plan: Plan, accepting value: JSONValue) -> LeafPlan? {
    analysis.settle(plan)
    switch plan.form {
    case .leaf(let leaf): return leaf
    case .branch:
      let leaves = possibleBranches(of: plan).lazy.compactMap { branch in
        self.leaf(of: branch, accepting: value)
      }
      return leaves.first { $0.accepts(value, judge: self.builder.judge) }
    case .open, .wide, .impossible: return nil
    }
  }

  /// The value with the most members among the first random ones.
  fileprivate func fullValue(of plan: Plan) -> JSONValue? {
    let values = (0..<12).compactMap { seed -> JSONValue? in
      var source = ChoiceSource(seed: UInt64(seed))
      builder.meter.begin(WorkMeter.valueBudget)
      return try? value(of: plan, from: &source)
    }
    return values.max { ($0.objectValue?.count ?? 0) < ($1.objectValue?.count ?? 0) }
  }
}

extension JSONValue {
  /// About how large the value is: a sixteenth of its bytes, and one for each part.
  fileprivate var size: Int {
    switch self {
    case .null, .bool, .number: 1
    case .string(let text): 1 + text.utf8.count / 16
    case .array(let items): items.reduce(1) { $0 + $1.size }
    case .object(let object): object.members.reduce(1) { $0 + 1 + $1.value.size }
    }
  }

  /// The value with one part replaced; unchanged where the path leads nowhere.
  func replacing(_ place: JSONPointer, by part: JSONValue) -> JSONValue {
    guard let token = place.tokens.first else { return part }
    let rest = JSONPointer(tokens: Array(place.tokens.dropFirst()))
    switch self {
    case .object(var object):
      guard let inner = object[token] else { return self }
      object[token] = inner.replacing(rest, by: part)
      return .object(object)
    case .array(var items):
      guard let index = Self.arrayIndex(token), items.indices.contains(index) else { return self }
      items[index] = items[index].replacing(rest, by: part)
      return .array(items)
    default: return self
    }
  }
}
