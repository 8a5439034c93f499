import JSON
import JSONSchema

/// Finds the choices that lead to a value: the other way round of making one.
///
/// Each step here mirrors one of making; what cannot be led back to choices is given as it is.
extension Composer {
  /// The choices that lead to a value.
  ///
  /// - Returns: `nil` for a value that this schema does not allow.
  func choices(for value: JSONValue) -> ChoiceLog? {
    for givesParts in [false, true] {
      var source = ChoiceSource(replaying: ChoiceLog())
      room = options.maximumValues
      depth = 0
      linkedProperty = nil
      source.beginSpan(.value)
      let isWritten = write(value, root, givesParts: givesParts, to: &source)
      source.endSpan()
      if isWritten { return source.log }
    }
    return nil
  }

  /// Writes the choices that make a plan give a value.
  ///
  /// - Parameters:
  ///   - value: What is to come out.
  ///   - plan: What has to make it.
  ///   - givesParts: Whether containers may be given as they are, and not only strings and numbers.
  ///   - source: What records the choices.
  /// - Returns: Whether it was possible; if not, nothing was written.
  func write(
    _ value: JSONValue,
    _ plan: Plan,
    givesParts: Bool,
    to source: inout ChoiceSource
  ) -> Bool {
    analysis.settle(plan)
    switch plan.form {
    case .open, .impossible: return false
    case .wide: return write(value, wide: plan, givesParts: givesParts, to: &source)
    case .branch:
      let branches = possibleBranches(of: plan)
      if isShort {
        guard let flattest = branches.min(by: { ($0.height ?? 1) < ($1.height ?? 1) }) else {
          return false
        }
        return write(value, flattest, givesParts: givesParts, to: &source)
      }
      return branches.indices.contains { index in
        attempt(&source) { source in
          if branches.count > 1 { source.record(.index(index, count: branches.count)) }
          return write(value, branches[index], givesParts: givesParts, to: &source)
        }
      }
    case .leaf(let leaf):
      room -= 1
      if let fixed = leaf.fixed {
        guard let index = fixed.firstIndex(of: value) else { return false }
        if fixed.count > 1 { source.record(.index(index, count: fixed.count)) }
        return true
      }
      if leaf.isNull { return value == .null }
      if leaf.isPlainBoolean {
        guard case .bool(let isTrue) = value else { return false }
        source.record(.boolean(isTrue))
        return true
      }
      guard leaf.accepts(value, judge: builder.judge) else { return false }
      if let place = link(to: value, leaf) {
        source.record(.index(Origin.pool.rawValue, count: Origin.allCases.count))
        if place.count > 1 { source.record(.index(place.index, count: place.count)) }
        return true
      }
      let isMade = attempt(&source) { source in
        source.record(.index(Origin.made.rawValue, count: Origin.allCases.count))
        return writeParts(value, leaf, givesParts: givesParts, to: &source)
      }
      if isMade { return true }
      guard givesParts || !value.isContainer else { return false }
      source.record(.index(Origin.verbatim.rawValue, count: Origin.allCases.count))
      source.record(.string(value.text(), bounds: StringBounds(lengths: 0...Int.max)))
      return true
    }
  }

  /// Which of the pool's values a value is, where it is to be taken from there.
  private func link(to value: JSONValue, _ leaf: LeafPlan) -> (index: Int, count: Int)? {
    guard let pool, links.contains(value) else { return nil }
    let candidates = pool.candidates(for: leaf.site.named(linkedProperty))
    return candidates.firstIndex(of: value).map { ($0, candidates.count) }
  }

  /// Writes choices, or nothing where that fails half-way.
  private func attempt(
    _ source: inout ChoiceSource,
    _ write: (inout ChoiceSource) -> Bool
  ) -> Bool {
    let start = source.checkpoint
    let before = (room, depth)
    if write(&source) { return true }
    source.rollBack(to: start)
    (room, depth) = before
    return false
  }

  private func writeParts(
    _ value: JSONValue,
    _ leaf: LeafPlan,
    givesParts: Bool,
    to source: inout ChoiceSource
  ) -> Bool {
    guard let way = leaf.ways.firstIndex(of: value.way) else { return false }
    if leaf.ways.count > 1 { source.record(.index(way, count: leaf.ways.count)) }
    switch value {
    case .null: return true
    case .bool(let isTrue):
      source.record(.boolean(isTrue))
      return true
    case .number(let number): return leaf.number.map { write(number, $0, to: &source) } ?? false
    case .string(let text):
      guard let plan = leaf.string, plan.isPlain else { return false }
      let bounds = StringBounds(lengths: plan.usualLengths)
      guard bounds.allows(text) else { return false }
      source.record(.string(text, bounds: bounds))
      return true
    case .array(let items):
      guard let array = leaf.array else { return false }
      depth += 1
      defer { depth -= 1 }
      return write(items, array, givesParts: givesParts, to: &source)
    case .object(let object):
      guard let plan = leaf.object else { return false }
      depth += 1
      defer { depth -= 1 }
      return write(object, plan, givesParts: givesParts, to: &source)
    }
  }

  private func write(
    _ number: JSONNumber,
    _ plan: NumberPlan,
    to source: inout ChoiceSource
  ) -> Bool {
    if !plan.extremes.isEmpty { source.record(.boolean(false)) }
    for (index, grid) in plan.grids.enumerated() {
      guard let count = grid.count(of: number), grid.number(count).text == number.text else {
        continue
      }
      if plan.grids.count > 1 { source.record(.index(index, count: plan.grids.count)) }
      if grid.counts.count > 1 {
        source.record(
          .integer(count, bounds: IntegerBounds(grid.counts, simplest: grid.simplest))
        )
      }
      return true
    }
    return false
  }

  private func write(
    _ items: [JSONValue],
    _ array: ArrayPlan,
    givesParts: Bool,
    to source: inout ChoiceSource
  ) -> Bool {
    let counts = self.counts(of: array)
    guard counts.contains(items.count), !array.repeatsItem else { return false }
    for (index, item) in items.enumerated() {
      source.beginSpan(.item)
      defer { source.endSpan() }
      if index >= counts.lowerBound { source.record(.boolean(true)) }
      guard write(item, array.plan(at: index), givesParts: givesParts, to: &source) else {
        return false
      }
    }
    source.beginSpan(.item)
    defer { source.endSpan() }
    if items.count < counts.upperBound { source.record(.boolean(false)) }
    return true
  }

  private func write(
    _ object: JSONObject,
    _ plan: ObjectPlan,
    givesParts: Bool,
    to source: inout ChoiceSource
  ) -> Bool {
    guard object.duplicateNames.isEmpty else { return false }
    var presence: MemberPresence?
    if !plan.isFree { presence = MemberPresence(plan, isPossible: { !self.isImpossible($0) }) }
    var left = object
    for (index, member) in plan.members.enumerated() {
      source.beginSpan(member.label)
      defer { source.endSpan() }
      let value = object[member.name]
      left[member.name] = nil
      switch presence?.obligation(of: index) ?? freeObligation(of: member) {
      case .must: guard value != nil else { return false }
      case .mustNot: guard value == nil else { return false }
      case .may:
        if isShort {
          guard value == nil else { return false }
        } else {
          source.record(.boolean(value != nil))
        }
      }
      presence?.decide(index, isPresent: value != nil)
      guard let value else { continue }
      guard write(value, of: member.name, member.plan, givesParts: givesParts, to: &source)
      else { return false }
    }
    return write(extras: left, plan, count: object.count - left.count, givesParts, to: &source)
  }

  /// Writes the choices for a member.
  private func write(
    _ value: JSONValue,
    of name: String,
    _ plan: Plan,
    givesParts: Bool,
    to source: inout ChoiceSource
  ) -> Bool {
    let outer = linkedProperty
    linkedProperty = name
    defer { linkedProperty = outer }
    return write(value, plan, givesParts: givesParts, to: &source)
  }

  private func write(
    extras: JSONObject,
    _ plan: ObjectPlan,
    count: Int,
    _ givesParts: Bool,
    to source: inout ChoiceSource
  ) -> Bool {
    let names = self.extras(of: plan)
    guard !names.isEmpty else { return extras.isEmpty }
    var count = count
    for member in extras.members {
      let isNeeded = count < plan.counts.lowerBound
      if isShort, !isNeeded { return false }
      source.beginSpan(.item)
      defer { source.endSpan() }
      if !isNeeded { source.record(.boolean(true)) }
      source.record(.index(1, count: 2))
      source.record(.string(member.name, bounds: StringBounds(lengths: 0...Int.max)))
      guard let value = names.plan(of: member.name, builder: builder), !isImpossible(value),
        write(member.value, of: member.name, value, givesParts: givesParts, to: &source)
      else { return false }
      count += 1
    }
    guard count < plan.counts.upperBound else { return count == plan.counts.upperBound }
    guard count >= plan.counts.lowerBound else { return false }
    if isShort { return true }
    source.beginSpan(.item)
    defer { source.endSpan() }
    source.record(.boolean(false))
    return true
  }
}

extension JSONValue {
  fileprivate var isContainer: Bool { kind == .array || kind == .object }

  fileprivate var way: LeafPlan.Way {
    switch kind {
    case .null: .null
    case .boolean: .boolean
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}

extension NumberPlan.Grid {
  /// How many steps a number lies from the base, where it is one of the grid.
  fileprivate func count(of number: JSONNumber) -> Int? {
    guard let value = ExactDecimal(number), let distance = value.subtracting(base),
      let count = distance.floorQuotient(dividingBy: step)?.int, counts.contains(count),
      step.multiplied(by: count) == distance
    else { return nil }
    return count
  }
}
