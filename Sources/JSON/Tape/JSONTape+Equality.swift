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

  func isEqualText(_ node: Int, to other: JSONTape, _ otherNode: Int) -> Bool {
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

  /// How many Unicode scalars a string or key has, its escapes resolved.
  ///
  /// Spec: JSON Schema 2020-12 Validation §6.3.1.
  @inlinable
  package func scalarCount(of node: Int) -> Int {
    let flags = flags(of: node)
    if flags.isDisjoint(with: [.hasEscapes, .hasNonASCII]) { return nodes[node].length }
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
}
