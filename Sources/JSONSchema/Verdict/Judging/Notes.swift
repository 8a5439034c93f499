/// The members or items of one value that were looked at, by their place.
struct Notes {
  let words: UnsafeMutableBufferPointer<UInt64>

  /// How many words the notes on so many members or items take.
  static func size(_ count: Int) -> Int { (count + 63) >> 6 }

  @inline(__always)
  func insert(_ place: Int) { words[place >> 6] |= 1 &<< UInt64(place & 63) }

  @inline(__always)
  func contains(_ place: Int) -> Bool { words[place >> 6] & (1 &<< UInt64(place & 63)) != 0 }

  /// Everything was looked at.
  func insertAll() { words.update(repeating: .max) }

  func formUnion(_ other: Notes) {
    for index in words.indices { words[index] |= other.words[index] }
  }
}
