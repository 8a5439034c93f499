/// The members of an object by name, with an index where there are many.
struct MemberTable {
  /// From this many members on an index pays.
  static let indexedCount = 16

  private let tape: JSONTape
  /// The keys that count: of a duplicated name the last.
  private(set) var keys: [Int] = []
  /// The keys of names that stood before, each with the key before it.
  private(set) var duplicates: [(key: Int, previous: Int)] = []
  private var index: [[UInt8]: Int] = [:]

  init(_ tape: JSONTape, _ object: Int) {
    self.tape = tape
    let isIndexed = tape.childCount(of: object) >= Self.indexedCount
    var key = tape.firstChild(of: object)
    while tape.kind(of: key) != .end {
      let position =
        isIndexed
        ? index.updateValue(keys.count, forKey: tape.unescapedBytes(of: key))
        : keys.firstIndex { tape.isEqualText($0, to: tape, key) }
      if let position {
        duplicates.append((key, keys[position]))
        keys[position] = key
        if isIndexed { index[tape.unescapedBytes(of: key)] = position }
      } else {
        keys.append(key)
      }
      key = tape.next(after: key + 1)
    }
  }

  /// The key with the same name as one of another tape.
  func key(equalTo other: JSONTape, _ otherKey: Int) -> Int? {
    guard index.isEmpty else { return index[other.unescapedBytes(of: otherKey)].map { keys[$0] } }
    return keys.first { tape.isEqualText($0, to: other, otherKey) }
  }
}
