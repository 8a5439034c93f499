import JSON
import JSONSchema

extension LeafPlan {
  /// Merges requirements that leave no alternatives.
  ///
  /// - Throws: Why no value of any type meets them.
  convenience init(_ requirements: Requirements, builder: PlanBuilder) throws(Contradiction) {
    self.init()
    nodes = requirements.own.map(\.node.index)
    omitted = requirements.own.compactMap { own in own.omitted.map { (own.node.index, $0) } }
    avoided = requirements.avoided
    site = PoolSite(requirements)
    try mergeTypes(requirements)
    try mergeFixedValues(requirements, builder: builder)
    if fixed == nil { try mergeWays(requirements, builder: builder) }
    examples = requirements.own.flatMap { own in
      own.node.examples + (own.node.defaultValue.map { [$0] } ?? [])
    }
    examples = (examples + unequal.prefix(Self.maximumNeighbours).flatMap { NearMisses.of($0) })
      .filter { accepts($0, judge: builder.judge) }
    needsCheck =
      !avoided.isEmpty || !unequal.isEmpty || object?.needsCheck ?? false
      || array?.needsCheck ?? false
  }

  /// How many of the values that must not be taken are shown by what almost equals them.
  private static let maximumNeighbours = 24

  private func mergeTypes(_ requirements: Requirements) throws(Contradiction) {
    types = requirements.types
    for own in requirements.own where own.keeps(.type) {
      guard let allowed = own.node.types else { continue }
      let before = types
      types.formIntersection(allowed.withIntegers)
      if types.isEmpty {
        throw Contradiction(
          node: own.node.index,
          reason: "'type' allows only \(allowed.names.joined(separator: ", ")), "
            + "another schema only \(before.names.joined(separator: ", "))"
        )
      }
    }
    if types.isEmpty { throw Contradiction(node: nodes.first, reason: "every type is excluded") }
  }

  private func mergeFixedValues(
    _ requirements: Requirements,
    builder: PlanBuilder
  ) throws(Contradiction) {
    for point in requirements.violations {
      let node = builder.graph[point.first.node]
      switch point.first.site.keyword {
      case .constant: unequal += [node.constant].compactMap { $0 }
      case .enumeration: unequal += node.enumeration ?? []
      default: break
      }
    }
    var source: SchemaNode?
    for own in requirements.own {
      var lists: [[JSONValue]] = []
      if let constant = own.node.constant, own.keeps(.constant) { lists.append([constant]) }
      if let values = own.node.enumeration, own.keeps(.enumeration) { lists.append(values) }
      for values in lists {
        source = source ?? own.node
        guard let known = fixed else {
          fixed = values
          continue
        }
        let both = Set(values)
        fixed = known.filter(both.contains)
      }
    }
    guard let listed = fixed, let source else { return }
    // That a value is in the lists is known; only the other keywords are asked.
    var judge = builder.judge
    judge.omissions = omitted + requirements.own.map { ($0.node.index, KeywordSite(.enumeration)) }
    fixed = listed.filter { meets($0, judge: judge) && fits($0, requirements) }
    if fixed?.isEmpty ?? false {
      let reason =
        listed.isEmpty
        ? "no value is in all lists of 'enum' and 'const'"
        : "no value of '\(source.constant == nil ? "enum" : "const")' meets the other keywords"
      throw Contradiction(node: source.index, reason: reason)
    }
  }

  /// Whether a listed value meets the requirements that are not in a schema.
  private func fits(_ value: JSONValue, _ requirements: Requirements) -> Bool {
    guard isOfAllowedType(value) else { return false }
    let object = value.objectValue
    guard requirements.forbidden.allSatisfy({ object?[$0] == nil }) else { return false }
    guard requirements.required.isEmpty || object != nil else { return false }
    return requirements.required.allSatisfy { object?[$0] != nil }
  }

  private func isOfAllowedType(_ value: JSONValue) -> Bool {
    types.contains(SchemaTypes(of: value, dialect: .draft2020_12))
  }

  private func mergeWays(
    _ requirements: Requirements,
    builder: PlanBuilder
  ) throws(Contradiction) {
    var problems: [Contradiction] = []
    func attempt(_ type: SchemaTypes, _ way: Way, _ merge: () throws(Contradiction) -> Void) {
      guard !types.isDisjoint(with: type) else { return }
      do throws(Contradiction) {
        try requirements.checkPossibility(of: way)
        try merge()
        ways.append(way)
      } catch {
        problems.append(
          Contradiction(
            node: error.node ?? nodes.first,
            reason: error.reason,
            isLimit: error.isLimit
          )
        )
        types.subtract(type)
      }
    }
    attempt(.null, .null) {}
    attempt(.boolean, .boolean) {}
    attempt([.integer, .number], .number) { () throws(Contradiction) in
      number = try NumberPlan(requirements, types: types, options: builder.options)
    }
    attempt(.string, .string) { () throws(Contradiction) in
      string = try StringPlan(requirements, options: builder.options)
    }
    attempt(.array, .array) { () throws(Contradiction) in
      array = try ArrayPlan(requirements, builder: builder)
    }
    attempt(.object, .object) { () throws(Contradiction) in
      object = try ObjectPlan(requirements, builder: builder)
    }
    if ways.isEmpty {
      throw problems.first(where: \.isLimit) ?? problems.first
        ?? Contradiction(node: nodes.first, reason: "no type is left for the value")
    }
  }
}

extension LeafPlan {
  /// Whether a value meets everything, as far as single schemas can say.
  func accepts(_ value: JSONValue, judge: SchemaJudge) -> Bool {
    var judge = judge
    judge.omissions = omitted
    return meets(value, judge: judge)
  }

  /// The same by a judge that leaves out what it is told to.
  private func meets(_ value: JSONValue, judge: SchemaJudge) -> Bool {
    guard !unequal.contains(value), isOfAllowedType(value) else { return false }
    return nodes.allSatisfy { judge.accepts(value, node: $0) }
      && avoided.allSatisfy { !judge.accepts(value, node: $0) }
  }

  /// The plans of the parts that a value must have.
  var mandatoryPlans: [Plan] { ways.flatMap { mandatoryPlans(for: $0) } }

  /// The plans of the parts that a value of one type must have.
  func mandatoryPlans(for way: Way) -> [Plan] {
    guard fixed == nil else { return [] }
    return switch way {
    case .object: object?.required.map(\.plan) ?? []
    case .array: array?.mandatory ?? []
    default: []
    }
  }

  /// The same with what they are for.
  var labelledMandatoryPlans: [(String, Plan)] {
    let members = object?.required.map { ("required property '\($0.name)'", $0.plan) } ?? []
    return members + (array?.mandatory.map { ("item", $0) } ?? [])
  }
}
