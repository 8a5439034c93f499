extension JSONTape {
  /// Whether a node and one of another tape are equal as JSON Schema has it: numbers by mathematical
  /// value, strings by bytes, objects without regard to order.
  ///
  /// Of a duplicated name the last value counts.
  package func isEqual(_ node: Int, to other: JSONTape, _ otherNode: Int) -> Bool {
    let kind = kind(of: node)
    guard kind == other.kind(of: otherNode) else { return false }
    switch kind {
    case .null, .true, .false, .end: return true
    case .number: return isEqualNumber(node, to: other, otherNode)
    case .string, .key: return isEqualText(node, to: other, otherNode)
    case .array: return isEqualArray(node, to: other, otherNode)
    case .object: return isEqualObject(node, to: other, otherNode)
    }
  }

  private func isEqualNumber(_ node: Int, to other: JSONTape, _ otherNode: Int) -> Bool {
    let texts = (rawBytes(of: node), other.rawBytes(of: otherNode))
    if let left = ShortDecimal(texts.0), let right = ShortDecimal(texts.1),
      let result = left.compare(with: right)
    {
      return result == 0
    }
    return DecimalText.compare(DecimalText(texts.0), DecimalText(texts.1)) == 0
  }

  private func isEqualText(_ node: Int, to other: JSONTape, _ otherNode: Int) -> Bool {
    guard other.flags(of: otherNode).contains(.hasEscapes) else {
      return isEqual(node, to: other.rawBytes(of: otherNode))
    }
    return other.unescapedBytes(of: otherNode).withUnsafeBufferPointer { isEqual(node, to: $0) }
  }

  private func isEqualArray(_ node: Int, to other: JSONTape, _ otherNode: Int) -> Bool {
    guard childCount(of: node) == other.childCount(of: otherNode) else { return false }
    var item = firstChild(of: node)
    var otherItem = other.firstChild(of: otherNode)
    while kind(of: item) != .end {
      guard isEqual(item, to: other, otherItem) else { return false }
      item = next(after: item)
      otherItem = other.next(after: otherItem)
    }
    return true
  }

  private func isEqualObject(_ node: Int, to other: JSONTape, _ otherNode: Int) -> Bool {
    let members = MemberTable(self, node)
    let others = MemberTable(other, otherNode)
    guard members.keys.count == others.keys.count else { return false }
    return members.keys.allSatisfy { key in
      guard let otherKey = others.key(equalTo: self, key) else { return false }
      return isEqual(key + 1, to: other, otherKey + 1)
    }
  }

  /// A number that is the same for equal nodes, on any machine and in any run.
  package func hash(of node: Int) -> UInt64 {
    var hash = StableHash()
    switch kind(of: node) {
    case .number:
      let decimal = DecimalText(rawBytes(of: node))
      hash.add(decimal.isNegative ? 2 : 1)
      hash.add(UInt64(bitPattern: Int64(decimal.isHuge ? 0 : decimal.scale)))
      for byte in decimal.bytes[decimal.first..<decimal.end] where byte != UInt8(ascii: ".") {
        hash.add(UInt64(byte))
      }
    case .string, .key:
      hash.add(3)
      addText(of: node, to: &hash)
    case .array:
      hash.add(4)
      var item = firstChild(of: node)
      while kind(of: item) != .end {
        hash.add(self.hash(of: item))
        item = next(after: item)
      }
    case .object:
      // The order of members does not count, so neither may that of their hashes.
      let sum = MemberTable(self, node).keys.reduce(into: UInt64(5)) { sum, key in
        var member = StableHash()
        addText(of: key, to: &member)
        member.add(self.hash(of: key + 1))
        sum &+= member.value
      }
      hash.add(sum)
    case .null, .true, .false, .end:
      hash.add(UInt64(kind(of: node).rawValue) + 6)
    }
    return hash.value
  }

  private func addText(of node: Int, to hash: inout StableHash) {
    if flags(of: node).contains(.hasEscapes) {
      for byte in unescapedBytes(of: node) { hash.add(UInt64(byte)) }
    } else {
      for byte in rawBytes(of: node) { hash.add(UInt64(byte)) }
    }
  }

  /// How many Unicode scalars a string or key has, its escapes resolved.
  ///
  /// Spec: JSON Schema 2020-12 Validation §6.3.1.
  @inlinable
  package func scalarCount(of node: Int) -> Int {
    let flags = flags(of: node)
    if flags.isDisjoint(with: [.hasEscapes, .hasNonASCII]) { return Int(nodes[node].length) }
    return countScalars(of: node)
  }

  @usableFromInline
  func countScalars(of node: Int) -> Int {
    func count(_ bytes: some Sequence<UInt8>) -> Int {
      bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
    return flags(of: node).contains(.hasEscapes)
      ? count(unescapedBytes(of: node)) : count(rawBytes(of: node))
  }

  /// The names that stand more than once in an object, as their second and later keys.
  package func duplicateKeys(of object: Int) -> [Int] {
    guard kind(of: object) == .object else { return [] }
    return MemberTable(self, object).duplicates
  }
}

/// FNV-1a with a last mixing step: short, and the same everywhere.
private struct StableHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0x100_0000_01B3
    state ^= state >> 29
  }

  var value: UInt64 {
    let mixed = (state ^ (state >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ (mixed >> 32)
  }
}

/// The members of an object by name, with an index where there are many.
private struct MemberTable {
  /// From this many members on an index pays.
  static let indexedCount = 16

  private let tape: JSONTape
  /// The keys that count: of a duplicated name the last.
  private(set) var keys: [Int] = []
  /// The keys of names that stood before.
  private(set) var duplicates: [Int] = []
  private var index: [[UInt8]: Int] = [:]

  init(_ tape: JSONTape, _ object: Int) {
    self.tape = tape
    let isIndexed = tape.childCount(of: object) >= Self.indexedCount
    var key = tape.firstChild(of: object)
    while tape.kind(of: key) != .end {
      let position =
        isIndexed
        ? index.updateValue(keys.count, forKey: tape.unescapedBytes(of: key))
        : keys.firstIndex { tape.isEqualKey($0, to: tape, key) }
      if let position {
        keys[position] = key
        duplicates.append(key)
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
    return keys.first { tape.isEqualKey($0, to: other, otherKey) }
  }
}

extension JSONTape {
  fileprivate func isEqualKey(_ key: Int, to other: JSONTape, _ otherKey: Int) -> Bool {
    isEqualText(key, to: other, otherKey)
  }
}
