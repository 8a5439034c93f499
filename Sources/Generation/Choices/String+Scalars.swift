extension String {
  /// Makes a text of scalar values, none of them a surrogate.
  ///
  /// - Parameters:
  ///   - scalarCount: How many scalars there are.
  ///   - next: Gives the next scalar value.
  init(scalarCount: Int, next: () -> UInt32) {
    self.init(unsafeUninitializedCapacity: 4 * scalarCount) { buffer in
      var end = 0
      func append(_ byte: UInt32) {
        buffer.initializeElement(at: end, to: UInt8(truncatingIfNeeded: byte))
        end += 1
      }
      for _ in 0..<scalarCount {
        let scalar = next()
        switch scalar {
        case ..<0x80: append(scalar)
        case ..<0x800:
          append(0xC0 | scalar >> 6)
          append(0x80 | scalar & 0x3F)
        case ..<0x1_0000:
          append(0xE0 | scalar >> 12)
          append(0x80 | scalar >> 6 & 0x3F)
          append(0x80 | scalar & 0x3F)
        default:
          append(0xF0 | scalar >> 18)
          append(0x80 | scalar >> 12 & 0x3F)
          append(0x80 | scalar >> 6 & 0x3F)
          append(0x80 | scalar & 0x3F)
        }
      }
      return end
    }
  }

  /// Makes a text of scalar values, none of them a surrogate.
  init(scalars: some Collection<UInt32>) {
    var iterator = scalars.makeIterator()
    self.init(scalarCount: scalars.count) { iterator.next() ?? 0x61 }
  }
}
