extension JSONTape {
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
