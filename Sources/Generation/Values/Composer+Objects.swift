import JSON

extension Composer {
  /// Makes the members of an object.
  func members(
    _ object: ObjectPlan,
    of whole: Plan,
    from source: inout ChoiceSource
  ) throws(Failure) -> JSONObject {
    var members: [JSONObject.Member] = []
    members.reserveCapacity(object.members.count)
    var presence: MemberPresence?
    if !object.isFree { presence = MemberPresence(object, isPossible: { !self.isImpossible($0) }) }
    let density = source.density()
    for (index, member) in object.members.enumerated() {
      source.beginSpan(member.label)
      defer { source.endSpan() }
      let isPresent: Bool
      switch presence?.obligation(of: index) ?? freeObligation(of: member) {
      case .must: isPresent = true
      case .mustNot: isPresent = false
      case .may: isPresent = !isShort && source.boolean(chance: density)
      }
      presence?.decide(index, isPresent: isPresent)
      guard isPresent else { continue }
      if tracksPath { path.append(member.name) }
      defer { if tracksPath { path.removeLast() } }
      let value = try value(member.plan, property: member.name, from: &source)
      members.append(JSONObject.Member(name: member.name, value: value))
    }
    try addExtras(object, to: &members, of: whole, from: &source)
    return JSONObject(members)
  }

  /// Whether a member must be there in an object whose members do not depend on each other.
  func freeObligation(of member: ObjectPlan.Member) -> MemberPresence.Obligation {
    member.isRequired ? .must : isImpossible(member.plan) ? .mustNot : .may
  }

  /// Where names come from that no schema mentions, as far as they lead to values.
  func extras(of object: ObjectPlan) -> ExtraNames {
    if let known = object.possibleExtras { return known }
    let possible = object.extras.limited { !isImpossible($0) }
    object.possibleExtras = possible
    return possible
  }

  /// Adds members that no schema names.
  private func addExtras(
    _ object: ObjectPlan,
    to members: inout [JSONObject.Member],
    of whole: Plan,
    from source: inout ChoiceSource
  ) throws(Failure) {
    let extras = extras(of: object)
    guard !extras.isEmpty else {
      if members.count < object.counts.lowerBound { throw .exhausted(node: whole.node) }
      return
    }
    var failures = 0
    var names: Set<[UInt8]> = []
    while members.count < object.counts.upperBound {
      let isNeeded = members.count < object.counts.lowerBound
      if isShort, !isNeeded { return }
      source.beginSpan(.item)
      defer { source.endSpan() }
      guard isNeeded || source.boolean(chance: extras.chance) else { return }
      if names.isEmpty { names = Set(object.members.map { Array($0.name.utf8) }) }
      if let member = try extra(extras, besides: names, from: &source) {
        members.append(member)
        names.insert(Array(member.name.utf8))
        continue
      }
      failures += 1
      guard isNeeded else { return }
      if failures > options.maximumAttempts { throw .exhausted(node: whole.node) }
    }
  }

  /// A member with a new name; `nil` when no allowed name is found.
  private func extra(
    _ extras: ExtraNames,
    besides names: Set<[UInt8]>,
    from source: inout ChoiceSource
  ) throws(Failure) -> JSONObject.Member? {
    let start = source.checkpoint
    for attempt in 0..<options.maximumAttempts {
      let name: String
      if attempt == 0 {
        name = try self.name(extras, from: &source)
      } else {
        name = try source.improvising(attempt: attempt) { source throws(Failure) in
          try self.name(extras, from: &source)
        }
      }
      if !names.contains(Array(name.utf8)),
        let plan = extras.plan(of: name, builder: builder), !isImpossible(plan)
      {
        if tracksPath { path.append(name) }
        defer { if tracksPath { path.removeLast() } }
        return JSONObject.Member(
          name: name,
          value: try value(plan, property: name, from: &source)
        )
      }
      source.rollBack(to: start)
    }
    return nil
  }

  private func name(
    _ extras: ExtraNames,
    from source: inout ChoiceSource
  ) throws(Failure) -> String {
    // A name can be given as it is, in logs that were made from values.
    if source.index(below: 2, draw: { _ in 0 }) == 1 {
      return source.string(StringBounds(lengths: 0...Int.max))
    }
    let pattern = extras.sources[source.index(weights: extras.chances)].pattern
    if let pattern, extras.namePlan == nil || source.boolean() {
      return pattern.write(from: &source, lengths: 0...options.maximumStringLength)
    }
    if let plan = extras.namePlan {
      let value = try value(plan, property: nil, from: &source)
      return value.stringValue ?? ""
    }
    let curious = ["", "__proto__", "constructor", "toString", "a b", "\u{E9}", "$ref", "0"]
    if source.boolean(chance: 32) { return curious[source.index(below: curious.count)] }
    return source.string(StringBounds(lengths: 1...12, alphabet: .smallLetters))
  }
}

extension ChoiceSource {
  /// How likely members that can be left out are, out of 256; drawn for each object, so that some
  /// have all and some have none.
  mutating func density() -> Int {
    guard isRandom else { return 128 }
    return [0, 48, 128, 128, 176, 256][random.below(6)]
  }
}
