extension String {
  /// Whether both have the same bytes.
  ///
  /// `==` holds a composed and a decomposed "é" to be equal; JSON does not.
  package func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    let result = utf8.withContiguousStorageIfAvailable { bytes in
      other.utf8.withContiguousStorageIfAvailable { Self.areEqual(bytes, $0) }
    }
    return (result ?? nil) ?? utf8.elementsEqual(other.utf8)
  }

  /// Compares as many bytes, eight at a time.
  private static func areEqual(
    _ left: UnsafeBufferPointer<UInt8>,
    _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let left = UnsafeRawBufferPointer(left)
    let right = UnsafeRawBufferPointer(right)
    var place = 0
    while left.count - place >= 8 {
      let isSame =
        left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        == right.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      guard isSame else { return false }
      place += 8
    }
    while place < left.count {
      guard left[place] == right[place] else { return false }
      place += 1
    }
    return true
  }

  /// Whether the bytes of another text stand somewhere in this one.
  package func hasBytes(of part: String) -> Bool {
    var (text, part) = (self, part)
    return text.withUTF8 { bytes in
      part.withUTF8 { wanted in
        guard let first = wanted.first else { return true }
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { begin in
          bytes[begin] == first && wanted.indices.allSatisfy { bytes[begin + $0] == wanted[$0] }
        }
      }
    }
  }

  /// A number for the bytes, the same for the same bytes in every run; not for hostile input.
  package var byteDigest: UInt64 {
    var text = self
    return text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      var digest = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
      var place = 0
      while bytes.count - place >= 8 {
        let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        digest = (digest ^ word) &* 0x9FB2_1C65_1E98_DF25
        digest ^= digest >> 29
        place += 8
      }
      while place < bytes.count {
        digest = (digest ^ UInt64(bytes[place])) &* 0x100_0000_01B3
        place += 1
      }
      return digest
    }
  }

  /// Hashes the bytes, as ``hasSameBytes(as:)`` compares them.
  package func hashBytes(into hasher: inout Hasher) {
    hasher.combine(utf8.count)
    let isHashed: Void? = utf8.withContiguousStorageIfAvailable { bytes in
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if isHashed == nil { for byte in utf8 { hasher.combine(byte) } }
  }
}
