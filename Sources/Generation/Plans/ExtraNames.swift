import JSON
import JSONSchema

/// Where the names of members come from that no schema mentions.
struct ExtraNames {
  /// One kind of name, with the plan of the values under it.
  struct Source {
    /// The pattern that the names match; `nil` for names that match none.
    var pattern: PatternWriter?
    /// How likely a member of this kind is, out of 256, while there is room for more.
    var chance: Int
    /// The plan of the values, where it is the same for all names of the kind.
    var plan: Plan?
  }

  /// The kinds of names; none where no other names are allowed.
  private(set) var sources: [Source] = []
  private var slots: MemberSlots?
  private var forbidden: [String] = []
  /// The plan of a name, for `propertyNames`.
  private(set) var namePlan: Plan?

  init() {}

  init(_ slots: MemberSlots, forbidden: [String], builder: PlanBuilder) {
    defer { chances = sources.map { $0.chance } }
    self.slots = slots
    self.forbidden = forbidden
    if !slots.nameSchemas.isEmpty {
      let plan = builder.plan(
        for: slots.nameSchemas.map { .node($0) }
          + [Atom(.ofTypes, Int(SchemaTypes.string.rawValue))]
      )
      namePlan = plan
    }
    for pattern in slots.patterns {
      sources.append(Source(pattern: PatternWriter(pattern), chance: 96))
    }
    // A name that surely matches no pattern and no property shows what applies to all others.
    guard !slots.wouldBreak(Self.strangeName) else { return }
    let atoms = slots.atoms(of: Self.strangeName)
    guard !builder.isRefusedOutright(atoms) else { return }
    let isDescribed = atoms.contains { atom in
      atom.kind == .node && builder.graph[Int(atom.node)].booleanSchema == nil
    }
    sources.append(
      Source(pattern: nil, chance: isDescribed ? 128 : 8, plan: builder.plan(for: atoms))
    )
  }

  private static let strangeName = "\u{10FFFD}\u{F8FF}\u{10FFFC}"

  /// How likely a further member is, out of 256.
  var chance: Int { chances.max() ?? 0 }
  /// How likely each kind is, compared with the others.
  private(set) var chances: [Int] = []

  /// Whether no other names are allowed.
  var isEmpty: Bool { sources.isEmpty }

  /// The plan of the value under a name, or `nil` where the name is not allowed.
  func plan(of name: String, builder: PlanBuilder) -> Plan? {
    guard let slots, !forbidden.contains(where: { $0.utf8.elementsEqual(name.utf8) }),
      slots.allowsName(name), !slots.wouldBreak(name)
    else { return nil }
    let atoms = slots.atoms(of: name)
    return builder.isRefusedOutright(atoms) ? nil : builder.plan(for: atoms)
  }

  /// The same without the kinds whose values turn out to be impossible.
  func limited(to isPossible: (Plan) -> Bool) -> ExtraNames {
    var copy = self
    if let namePlan, !isPossible(namePlan) { copy.sources = [] }
    copy.sources.removeAll { source in source.plan.map { !isPossible($0) } ?? false }
    copy.chances = copy.sources.map { $0.chance }
    return copy
  }
}
