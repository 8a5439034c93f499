/// Groups of bytes that a pattern cannot tell apart.
struct ByteClasses: Sendable {
  /// The class of each byte.
  let classOfByte: [UInt8]
  /// One byte of each class.
  let representatives: [UInt8]

  /// How many classes there are.
  var count: Int { representatives.count }

  /// Finds the classes of an automaton's edges.
  init(_ automaton: ByteAutomaton) {
    var begins = [Bool](repeating: false, count: 257)
    begins[0] = true
    begins[0x80] = true
    begins[0xC0] = true
    for edge in automaton.edges {
      begins[Int(edge.low)] = true
      begins[Int(edge.high) + 1] = true
    }
    if automaton.usesWordBoundary {
      for range in ScalarSet.wordCharacters.ranges {
        begins[Int(range.lowerBound)] = true
        begins[Int(range.upperBound) + 1] = true
      }
    }
    var classOfByte = [UInt8](repeating: 0, count: 256)
    var representatives: [UInt8] = []
    for byte in 0..<256 {
      if begins[byte] { representatives.append(UInt8(byte)) }
      classOfByte[byte] = UInt8(representatives.count - 1)
    }
    self.classOfByte = classOfByte
    self.representatives = representatives
  }
}
