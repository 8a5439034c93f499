import JSON
import JSONSchema

/// How to make an object.
final class ObjectPlan {
  /// A member with a known name.
  final class Member {
    let name: String
    let plan: Plan
    var isRequired: Bool
    let label: SpanLabel
    /// The members, by index, that must be there when this one is.
    var dependents: [Int] = []

    init(name: String, plan: Plan, isRequired: Bool) {
      self.name = name
      self.plan = plan
      self.isRequired = isRequired
      label = .member(name)
    }
  }

  /// Members in the order in which they are written.
  var members: [Member] = []
  /// Where other names come from.
  var extras = ExtraNames()
  /// The same once it is known which of them lead to values.
  var possibleExtras: ExtraNames?
  /// What the members demand of each other, once it is known which of them lead to values.
  var presenceTable: MemberPresence.Table?
  /// The least and greatest number of members.
  var counts: ClosedRange<Int>
  /// Whether an object made from these plans has still to be judged.
  var needsCheck = false

  /// Whether every member that can be left out may be there or not, whatever the others do.
  private(set) var isFree = false

  /// The members that are always there.
  var required: [Member] { members.filter(\.isRequired) }

  /// Merges what is required of an object.
  ///
  /// - Throws: Why no object meets it.
  init(_ requirements: Requirements, builder: PlanBuilder) throws(Contradiction) {
    counts = try Self.counts(requirements, limit: builder.options.mostValues)
    let slots = try MemberSlots(requirements, builder: builder)
    let required = slots.required
    let forbidden = Set(requirements.forbidden.map { Array($0.utf8) })
    for name in slots.names {
      let isRequired = required.contains(Array(name.utf8))
      if forbidden.contains(Array(name.utf8)) {
        guard !isRequired else {
          throw Contradiction(
            node: requirements.own.first?.node.index,
            reason: "the property '\(name)' is required and forbidden at once"
          )
        }
        continue
      }
      let atoms = slots.atoms(of: name)
      guard slots.allowsName(name), !builder.isRefusedOutright(atoms) else {
        guard !isRequired else {
          throw Contradiction(
            node: slots.requirer(of: name),
            reason: "the property '\(name)' is required, but nothing is allowed for it"
          )
        }
        continue
      }
      members.append(
        Member(
          name: name,
          plan: builder.plan(for: atoms),
          isRequired: isRequired
        )
      )
    }
    try link(requirements)
    extras = ExtraNames(slots, forbidden: requirements.forbidden, builder: builder)
    guard self.required.count <= counts.upperBound else {
      throw Contradiction(
        node: requirements.own.first { $0.node.maxProperties != nil }?.node.index,
        reason: "\(self.required.count) properties are required, 'maxProperties' allows "
          + "\(counts.upperBound)"
      )
    }
    guard !extras.isEmpty || members.count >= counts.lowerBound else {
      throw Contradiction(
        node: requirements.own.first { $0.node.minProperties != nil }?.node.index,
        reason: "'minProperties' asks for \(counts.lowerBound), only \(members.count) are possible"
      )
    }
    isFree = counts == 0...Int.max && members.allSatisfy { $0.dependents.isEmpty }
    needsCheck =
      counts.upperBound != .max && members.contains { !$0.dependents.isEmpty }
  }

  private static func counts(
    _ requirements: Requirements,
    limit: Int
  ) throws(Contradiction) -> ClosedRange<Int> {
    var least = 0
    var greatest = Int.max
    var node: Int?
    for own in requirements.own {
      if let bound = own.node.minProperties, own.keeps(.minProperties), bound > least {
        least = bound
        node = own.node.index
      }
      if let bound = own.node.maxProperties, own.keeps(.maxProperties) {
        greatest = min(greatest, bound)
      }
    }
    for point in requirements.violations {
      guard let broken = requirements.node(of: point) else { continue }
      switch point.first.site.keyword {
      case .minProperties: greatest = min(greatest, (broken.minProperties ?? 1) - 1)
      case .maxProperties:
        least = max(least, (broken.maxProperties ?? 0).addingReportingOverflow(1).0)
      default: break
      }
    }
    guard least <= greatest else {
      throw Contradiction(
        node: node,
        reason: "'minProperties' \(least) is above 'maxProperties' \(greatest)"
      )
    }
    guard least <= limit else {
      throw Contradiction(
        node: node,
        reason: "at least \(least) properties are needed, no more than \(limit) values are made",
        isLimit: true
      )
    }
    return least...greatest
  }

  /// Notes which members ask for which others, and requires what required ones ask for.
  private func link(_ requirements: Requirements) throws(Contradiction) {
    let places = Dictionary(
      members.indices.map { (Array(members[$0].name.utf8), $0) },
      uniquingKeysWith: { $1 }
    )
    for own in requirements.own {
      for (place, dependent) in own.node.dependentRequired.enumerated()
      where own.keeps(.dependentRequired, place) {
        guard let asking = places[Array(dependent.name.utf8)] else { continue }
        for name in dependent.required {
          guard let asked = places[Array(name.utf8)] else {
            guard !members[asking].isRequired else {
              throw Contradiction(
                node: own.node.index,
                reason: "'\(dependent.name)' asks for '\(name)', which is not allowed"
              )
            }
            members[asking].dependents.append(-1)
            continue
          }
          members[asking].dependents.append(asked)
        }
      }
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      for member in members where member.isRequired {
        for asked in member.dependents where asked >= 0 && !members[asked].isRequired {
          members[asked].isRequired = true
          isChanged = true
        }
        if member.dependents.contains(-1) {
          throw Contradiction(
            node: requirements.own.first?.node.index,
            reason: "'\(member.name)' asks for a property that is not allowed"
          )
        }
      }
    }
    // A member whose companions are impossible is impossible too.
    let impossible = Set(members.indices.filter { isImpossible($0) })
    guard !impossible.isEmpty else { return }
    var moved: [Int: Int] = [:]
    for index in members.indices where !impossible.contains(index) { moved[index] = moved.count }
    members = members.indices.filter { !impossible.contains($0) }.map { members[$0] }
    for member in members { member.dependents = member.dependents.compactMap { moved[$0] } }
  }

  private func isImpossible(_ member: Int) -> Bool {
    var seen: Set<Int> = [member]
    var waiting = [member]
    while let next = waiting.popLast() {
      for asked in members[next].dependents {
        if asked < 0 { return true }
        if seen.insert(asked).inserted { waiting.append(asked) }
      }
    }
    return false
  }
}
