/// A few stems of words, looked for in many short texts.
///
/// Case and everything but letters do not count: `NOT_FOUND`, `notFound` and `not-found` have the stem
/// `notfound`.
struct WordStems: Sendable {
  /// The stems, by the letter that they begin with, `a` first.
  private let stems: [[[UInt8]]]

  /// Takes stems, in small letters without accents.
  init(_ stems: [String]) {
    let bytes = stems.map { Array($0.utf8) }
    self.stems = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { letter in
      bytes.filter { $0.first == letter }
    }
  }

  /// Whether a text has one of the stems.
  func occur(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { letters in
        var count = 0
        for byte in bytes {
          let small = byte | 0x20
          // A letter that is not ASCII belongs to none of the stems, and keeps its neighbours apart.
          guard byte >= 0x80 || (0x61...0x7A).contains(small) else { continue }
          letters[count] = byte >= 0x80 ? byte : small
          count += 1
        }
        return occur(in: UnsafeBufferPointer(rebasing: letters[..<count]))
      }
    }
  }

  private func occur(in letters: UnsafeBufferPointer<UInt8>) -> Bool {
    for (place, letter) in letters.enumerated() where letter < 0x80 {
      for stem in stems[Int(letter - 0x61)] where letters.count - place >= stem.count {
        if stem.indices.allSatisfy({ stem[$0] == letters[place + $0] }) { return true }
      }
    }
    return false
  }
}
