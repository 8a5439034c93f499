import JSON
import JSONSchema

extension CandidateContext {
  /// Arrays of more items are not tried.
  private static let maximumItems = 1_000

  /// Arrays of the lengths at and beside the bounds, with wrong items in several places, and with
  /// equal items.
  var arrays: [Candidate] {
    guard leaf.ways.contains(.array), let plan = leaf.array else { return [] }
    var found = counted(plan)
    let usual = items(max(3, plan.counts.lowerBound), plan)
    found += wrong(usual) + duplicates(plan) + tuples(plan) + contained(plan)
    found.append(Candidate(value: .array([]), label: "no items"))
    return found
  }

  /// So many valid items, as different from each other as the plan makes them.
  private func items(_ count: Int, _ plan: ArrayPlan) -> [JSONValue] {
    var items: [JSONValue] = []
    for index in 0..<min(count, Self.maximumItems) {
      let candidates = (0..<16).lazy.compactMap { attempt in
        sample(plan.plan(at: index), seed: UInt64(index * 31 + attempt))
      }
      guard let item = candidates.first(where: { !items.contains($0) }) ?? candidates.first else {
        return items
      }
      items.append(item)
    }
    return items
  }

  private func counted(_ plan: ArrayPlan) -> [Candidate] {
    let bounds: [(KeywordSite.Keyword, Int?)] = [
      (.minItems, node.minItems), (.maxItems, node.maxItems),
    ]
    return bounds.flatMap { keyword, bound -> [Candidate] in
      guard let bound, bound < Self.maximumItems else { return [] }
      return [bound - 1, bound, bound + 1].filter { $0 >= 0 }.map { count in
        Candidate(
          value: .array(items(count, plan)),
          label: "\(count) items, '\(keyword)' is \(bound)",
          site: KeywordSite(keyword)
        )
      }
    }
  }

  private func wrong(_ items: [JSONValue]) -> [Candidate] {
    guard node.items != nil || node.unevaluatedItems != nil, !items.isEmpty else { return [] }
    let site = KeywordSite(node.items != nil ? .items : .unevaluatedItems)
    let wrongItems: [JSONValue] = [.null, .array([.null]), .string("\u{0}wrong"), .object([:])]
    return [(0, "first"), (items.count / 2, "middle"), (items.count - 1, "last")]
      .flatMap { place, label in
        wrongItems.map { item in
          var changed = items
          changed[place] = item
          return Candidate(
            value: .array(changed),
            label: "\(item.text()) as \(label) item",
            site: site
          )
        }
      }
  }

  private func duplicates(_ plan: ArrayPlan) -> [Candidate] {
    guard node.uniqueItems else { return [] }
    let distinct = items(max(2, min(4, plan.counts.upperBound)), plan)
    guard let first = distinct.first, let last = distinct.last, distinct.count > 1 else {
      return []
    }
    var lists: [([JSONValue], String)] = [
      ([first, first] + distinct.dropFirst(2), "the first item twice"),
      (distinct.dropLast() + [distinct[distinct.count - 2]], "the last item twice"),
      ([first] + distinct.dropFirst().dropLast() + [first], "the first item last again"),
      (distinct, "different items"), ([last], "one item"),
    ]
    lists += [
      ([.number(1), Self.onePointZero], "1 and 1.0"), ([.number(1), .bool(true)], "1 and true"),
      ([.number(0), .bool(false)], "0 and false"),
      ([["a": 1, "b": 2], ["b": 2, "a": 1]], "equal objects in another order"),
      ([.string("\u{E9}"), .string("e\u{301}")], "composed and decomposed"),
    ]
    return lists.map { items, label in
      Candidate(value: .array(items), label: label, site: KeywordSite(.uniqueItems))
    }
  }

  private static let onePointZero = JSONNumber("1.0").map { JSONValue.number($0) } ?? .number(1)

  private func tuples(_ plan: ArrayPlan) -> [Candidate] {
    guard !node.prefixItems.isEmpty else { return [] }
    let whole = items(node.prefixItems.count, plan)
    var found: [Candidate] = []
    for count in 0...whole.count {
      found.append(Candidate(value: .array(Array(whole.prefix(count))), label: "\(count) items"))
    }
    found.append(
      Candidate(
        value: .array(whole + [.null]),
        label: "one item too many",
        site: KeywordSite(.items)
      )
    )
    if whole.count > 1 {
      var swapped = whole
      swapped.swapAt(0, 1)
      found.append(
        Candidate(
          value: .array(swapped),
          label: "the first items swapped",
          site: KeywordSite(.prefixItem)
        )
      )
    }
    return found
  }

  private func contained(_ plan: ArrayPlan) -> [Candidate] {
    guard let contains = node.contains else { return [] }
    let least = node.minContains ?? 1
    let counts = [0, least - 1, least, node.maxContains, node.maxContains.map { $0 + 1 }]
    let matching = composer.builder.plan(for: [.node(contains)])
    let item = (0..<8).lazy.compactMap { sample(matching, seed: $0) }
    return Set(counts.compactMap { $0 }).sorted().filter { (0...64).contains($0) }.map { count in
      let items = (0..<count).compactMap { seed in
        sample(matching, seed: UInt64(seed)) ?? item.first
      }
      return Candidate(
        value: .array(items),
        label: "\(count) items for 'contains'",
        site: KeywordSite(count < least ? .contains : .maxContains)
      )
    }
  }
}
