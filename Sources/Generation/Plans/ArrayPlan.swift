import JSON
import JSONSchema

/// How to make an array.
final class ArrayPlan {
  /// Plans of the first items; an array may end before them, down to ``counts``.
  var prefix: [Plan] = []
  /// Plans of items that come right after those and are never left out.
  var obligatory: [Plan] = []
  /// The plan of all other items.
  var rest: Plan
  /// The least and greatest number of items.
  var counts: ClosedRange<Int>
  var isUnique = false
  /// Two items must be equal.
  var repeatsItem = false
  /// Whether an array made from these plans has still to be judged.
  var needsCheck = false

  /// The plans of the items that every array has.
  var mandatory: [Plan] {
    let fromRest = counts.lowerBound > prefix.count + obligatory.count ? [rest] : []
    return prefix.prefix(counts.lowerBound) + obligatory + fromRest
  }

  /// Merges what is required of an array.
  ///
  /// - Throws: Why no array meets it.
  init(_ requirements: Requirements, builder: PlanBuilder) throws(Contradiction) {
    var least = 0
    var greatest = Int.max
    var node: Int?
    for own in requirements.own {
      if let bound = own.node.minItems, own.keeps(.minItems), bound > least {
        least = bound
        node = own.node.index
      }
      if let bound = own.node.maxItems, own.keeps(.maxItems) { greatest = min(greatest, bound) }
      if own.node.uniqueItems, own.keeps(.uniqueItems) { isUnique = true }
    }
    for point in requirements.violations {
      guard let broken = requirements.node(of: point) else { continue }
      switch point.first.site.keyword {
      case .minItems: greatest = min(greatest, (broken.minItems ?? 1) - 1)
      case .maxItems: least = max(least, (broken.maxItems ?? 0).addingReportingOverflow(1).0)
      case .uniqueItems:
        repeatsItem = true
        least = max(least, 2)
      default: break
      }
    }
    let slots = try ItemSlots(requirements, builder: builder)
    if let place = slots.broken.keys.max() { least = max(least, place + 1) }
    guard least <= greatest else {
      throw Contradiction(
        node: node,
        reason: "at least \(least) items are needed, at most \(greatest) allowed"
      )
    }
    guard least <= builder.options.mostValues else {
      throw Contradiction(
        node: node,
        reason: "at least \(least) items are needed, no more than \(builder.options.mostValues) "
          + "values are made",
        isLimit: true
      )
    }
    counts = least...greatest
    needsCheck = slots.needsCheck || repeatsItem
    rest = builder.plan(
      for: slots.atoms(at: slots.prefixCount + slots.broken.count) + slots.excluded
    )
    try place(slots, builder: builder)
  }

  /// Finds a place for the items that must occur: behind the first places where such items are
  /// allowed, else among them.
  private func place(
    _ slots: ItemSlots,
    builder: PlanBuilder
  ) throws(Contradiction) {
    let first = max(slots.prefixCount, (slots.broken.keys.max() ?? -1) + 1)
    var places = (0..<first).map { slots.atoms(at: $0) }
    var isTaken = [Bool](repeating: false, count: first)
    var least = counts.lowerBound
    for wanted in slots.wanted {
      let behind = builder.plan(for: slots.atomsForWanted(at: first, wanted))
      if first + obligatory.count < counts.upperBound, !builder.isPlainlyImpossible(behind) {
        obligatory.append(behind)
        least = max(least, first + obligatory.count)
        continue
      }
      let place = places.indices.first { index in
        guard !isTaken[index], index < counts.upperBound else { return false }
        let atoms = slots.atomsForWanted(at: index, wanted)
        return !builder.isPlainlyImpossible(builder.plan(for: atoms))
      }
      guard let place else {
        throw Contradiction(
          node: wanted.first.map { Int($0.node) },
          reason: "no place in the array allows an item that 'contains' asks for"
        )
      }
      isTaken[place] = true
      places[place] = slots.atomsForWanted(at: place, wanted)
      least = max(least, place + 1)
    }
    prefix = places.indices.prefix(counts.upperBound).map { index in
      builder.plan(for: isTaken[index] ? places[index] : places[index] + slots.excluded)
    }
    guard least <= counts.upperBound else {
      throw Contradiction(node: nil, reason: "'maxItems' leaves no place for 'contains'")
    }
    counts = least...counts.upperBound
    // An array ends before the first place that nothing can fill.
    let end = places.indices.first { builder.isRefusedOutright(places[$0]) }
    if let end, end < least {
      throw Contradiction(node: nil, reason: "nothing can stand at item \(end)")
    }
    if let end { counts = counts.clamped(to: counts.lowerBound...end) }
    if builder.isRefusedOutright(rest.conjunction.atoms) {
      let greatest = prefix.count + obligatory.count
      guard least <= greatest else {
        throw Contradiction(
          node: nil,
          reason: "at least \(least) items are needed, but nothing can stand behind \(greatest)"
        )
      }
      counts = least...min(counts.upperBound, greatest)
    }
  }
}
