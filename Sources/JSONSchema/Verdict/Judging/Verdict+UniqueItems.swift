import JSON

extension Verdict {
  /// Up to this many items each is compared with each.
  private static let pairwiseCount = 12

  /// Whether no two items of an array are equal.
  func hasUniqueItems(_ array: Int) -> Bool {
    let count = tape.childCount(of: array)
    if count < 2 { return true }
    if count > Self.pairwiseCount { return hasUniqueHashes(array, count) }
    var item = array + 1
    while tape.kind(of: item) != .end {
      var other = tape.next(after: item)
      let following = other
      while tape.kind(of: other) != .end {
        if isEqual(item, other) { return false }
        other = tape.next(after: other)
      }
      item = following
    }
    return true
  }

  @inline(__always)
  private func isEqual(_ left: Int, _ right: Int) -> Bool {
    guard tape.kind(of: left) == tape.kind(of: right) else { return false }
    if tape.kind(of: left) == .string,
      tape.flags(of: left).union(tape.flags(of: right)).isDisjoint(with: .hasEscapes),
      tape.nodes[left].length != tape.nodes[right].length
    {
      return false
    }
    return tape.isEqual(left, to: tape, right)
  }

  private func hasUniqueHashes(_ array: Int, _ count: Int) -> Bool {
    var items: [(hash: UInt64, node: Int)] = []
    items.reserveCapacity(count)
    var item = array + 1
    while tape.kind(of: item) != .end {
      items.append((tape.hash(of: item), item))
      item = tape.next(after: item)
    }
    items.sort { $0.hash < $1.hash }
    for index in items.indices {
      var other = index + 1
      while other < items.count, items[other].hash == items[index].hash {
        if tape.isEqual(items[index].node, to: tape, items[other].node) { return false }
        other += 1
      }
    }
    return true
  }
}
