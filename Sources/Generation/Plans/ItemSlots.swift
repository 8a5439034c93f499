import JSON
import JSONSchema

/// Which schemas apply to which place of an array.
struct ItemSlots {
  /// How many places have schemas of their own.
  private(set) var prefixCount = 0
  /// Requirements that some item must meet, wherever it is.
  private(set) var wanted: [[Atom]] = []
  /// The first place that must exist because it violates something, and how.
  private(set) var broken: [Int: [Atom]] = [:]
  /// Whether items beyond those wanted must not match `contains`.
  private(set) var excluded: [Atom] = []
  /// Whether an array made by these rules has still to be judged.
  private(set) var needsCheck = false

  private let own: [Requirements.Own]
  private let evaluation: Evaluation

  /// Most items that one `contains` is planned for; an array that needs more is impossible to make.
  static let maximumWanted = 1_000

  init(_ requirements: Requirements, builder: PlanBuilder) throws(Contradiction) {
    own = requirements.own
    evaluation = Evaluation(requirements, graph: builder.graph)
    prefixCount = own.map(\.node.prefixItems.count).max() ?? 0
    for own in own {
      guard let contains = own.node.contains else { continue }
      let least = own.keeps(.contains) ? own.node.minContains ?? 1 : 0
      guard least <= Self.maximumWanted else {
        throw Contradiction(
          node: own.node.index,
          reason: "'minContains' \(least) is more than the \(Self.maximumWanted) that are made",
          isLimit: true
        )
      }
      wanted += Array(repeating: [.node(contains)], count: least)
      if let greatest = own.node.maxContains, own.keeps(.maxContains) {
        guard least <= greatest else {
          throw Contradiction(
            node: own.node.index,
            reason: "'minContains' \(least) is above 'maxContains' \(greatest)"
          )
        }
        excluded.append(.avoided(contains))
        needsCheck = true
      }
    }
    for point in requirements.violations { add(point, requirements, builder: builder) }
  }

  private mutating func add(
    _ point: BreakPoint,
    _ requirements: Requirements,
    builder: PlanBuilder
  ) {
    guard let node = requirements.node(of: point) else { return }
    func broken(_ target: Int) -> Atom {
      point.rest.map { Atom(.breaks, builder.number(of: $0)) } ?? .negated(target)
    }
    let place = Int(point.first.site.index)
    switch point.first.site.keyword {
    case .prefixItem: self.broken[place, default: []].append(broken(node.prefixItems[place]))
    case .items:
      // Behind the places that the schema itself has.
      let first = max(prefixCount, node.prefixItems.count)
      if let items = node.items { self.broken[first, default: []].append(broken(items)) }
    case .unevaluatedItems:
      if let items = node.unevaluatedItems {
        self.broken[prefixCount, default: []].append(broken(items))
      }
    case .contains:
      if let contains = node.contains { excluded.append(.avoided(contains)) }
    case .maxContains:
      if let contains = node.contains, let greatest = node.maxContains,
        greatest < Self.maximumWanted
      {
        let known = wanted.filter { $0 == [.node(contains)] }.count
        wanted += Array(repeating: [.node(contains)], count: max(0, greatest + 1 - known))
      }
    default: break
    }
  }

  /// The requirements on the item at a place.
  func atoms(at index: Int) -> [Atom] {
    var atoms: [Atom] = broken[index] ?? []
    for own in own {
      let node = own.node
      if index < node.prefixItems.count {
        if own.keeps(.prefixItem, index) { atoms.append(.node(node.prefixItems[index])) }
      } else if let items = node.items, own.keeps(.items) || broken[index] == nil {
        atoms.append(.node(items))
      }
      if let items = node.unevaluatedItems, own.keeps(.unevaluatedItems) || broken[index] == nil,
        !evaluation.coversItem(index, of: node.index)
      {
        atoms.append(.node(items))
      }
    }
    return atoms
  }

  /// Whether a matching item is free of `unevaluatedItems`.
  ///
  /// Spec: 2020-12 Core §11.2; before, `contains` did not count.
  func atomsForWanted(at index: Int, _ wanted: [Atom]) -> [Atom] {
    var atoms: [Atom] = wanted + (broken[index] ?? [])
    for own in own {
      let node = own.node
      if index < node.prefixItems.count {
        if own.keeps(.prefixItem, index) { atoms.append(.node(node.prefixItems[index])) }
      } else if let items = node.items, own.keeps(.items) {
        atoms.append(.node(items))
      }
      let isSeen =
        node.dialect == .draft2020_12
        && wanted.contains { atom in
          evaluation.reaches(from: node.index).contains { atom == $0.contains.map(Atom.node) }
        }
      if let items = node.unevaluatedItems, own.keeps(.unevaluatedItems), !isSeen,
        !evaluation.coversItem(index, of: node.index)
      {
        atoms.append(.node(items))
      }
    }
    return atoms
  }
}
