import JSON

extension Composer {
  /// Makes the items of an array.
  func items(
    _ array: ArrayPlan,
    of whole: Plan,
    property: String?,
    from source: inout ChoiceSource
  ) throws(Failure) -> [JSONValue] {
    let counts = self.counts(of: array)
    let target = source.target(within: counts)
    var items: [JSONValue] = []
    var seen: Set<JSONValue> = []
    while true {
      source.beginSpan(.item)
      defer { source.endSpan() }
      guard source.more(than: items.count, within: counts, target: target) else { break }
      let plan = array.plan(at: items.count)
      if tracksPath { path.append(String(items.count)) }
      defer { if tracksPath { path.removeLast() } }
      if isImpossible(plan), items.count >= counts.lowerBound { break }
      guard array.isUnique else {
        items.append(try value(plan, property: property, from: &source))
        continue
      }
      guard let item = try unique(plan, seen, property: property, from: &source) else {
        guard items.count >= counts.lowerBound else { throw .exhausted(node: whole.node) }
        break
      }
      seen.insert(item)
      items.append(item)
    }
    if array.repeatsItem, let first = items.first, items.count > 1 {
      items[items.count - 1] = first
    }
    return items
  }

  /// How many items an array may have here.
  func counts(of array: ArrayPlan) -> ClosedRange<Int> {
    let least = array.counts.lowerBound
    var greatest = min(array.counts.upperBound, max(least, options.maximumItems))
    if isShort {
      greatest = least
    } else if isImpossible(array.rest) {
      greatest = min(greatest, max(least, array.prefix.count + array.obligatory.count))
    }
    return least...greatest
  }

  /// Whether no value can be made by a plan.
  func isImpossible(_ plan: Plan) -> Bool {
    analysis.settle(plan)
    return plan.isImpossible
  }

  /// An item that is not there yet; `nil` when none is found.
  private func unique(
    _ plan: Plan,
    _ seen: Set<JSONValue>,
    property: String?,
    from source: inout ChoiceSource
  ) throws(Failure) -> JSONValue? {
    let start = source.checkpoint
    for attempt in 0..<options.maximumAttempts {
      if attempt == Self.luckyAttempts, let values = plan.finiteValues(builder.judge) {
        return left(of: values, besides: seen, by: plan, from: &source)
      }
      let item: JSONValue
      if attempt == 0 {
        item = try value(plan, property: property, from: &source)
      } else {
        item = try source.improvising(attempt: attempt) { source throws(Failure) in
          try value(plan, property: property, from: &source)
        }
      }
      if !seen.contains(item) { return item }
      source.rollBack(to: start)
    }
    return nil
  }
}

extension Composer {
  /// How often an item is left to luck before it is looked for among all that are possible.
  private static let luckyAttempts = 3

  /// One of the values that are not there yet; `nil` where all are.
  private func left(
    of values: [JSONValue],
    besides seen: Set<JSONValue>,
    by plan: Plan,
    from source: inout ChoiceSource
  ) -> JSONValue? {
    let left = values.filter { !seen.contains($0) }
    guard !left.isEmpty else { return nil }
    let place = source.isRandom ? source.random.below(left.count) : 0
    // The choices are those that would have led to the value by luck.
    return write(left[place], plan, givesParts: true, to: &source) ? left[place] : nil
  }
}

extension ArrayPlan {
  /// The plan of the item at a place.
  func plan(at index: Int) -> Plan {
    if index < prefix.count { return prefix[index] }
    let behind = index - prefix.count
    return behind < obligatory.count ? obligatory[behind] : rest
  }
}
