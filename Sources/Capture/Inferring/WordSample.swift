/// Whether the texts of one place are a few fixed words, such as the states of an order.
struct WordSample {
  /// The least number of texts from which a set is taken for closed: 12.
  static let minimumCount = 12
  /// The greatest number of different words: 6.
  static let maximumWords = 6
  /// The longest word, in bytes: 32.
  static let maximumBytes = 32

  /// How often each word came; `nil` when there are too many, or texts that are no words.
  private var counts: [String: Int]? = [:]

  /// Looks at one more text.
  mutating func add(_ text: String) { add(text, 1) }

  /// Takes in what another sample has seen.
  mutating func merge(_ other: WordSample) {
    guard let others = other.counts else {
      counts = nil
      return
    }
    for (word, count) in others { add(word, count) }
  }

  private mutating func add(_ text: String, _ count: Int) {
    guard counts != nil else { return }
    guard Self.isWord(text) else {
      counts = nil
      return
    }
    counts?[text, default: 0] += count
    if let counts, counts.count > Self.maximumWords { self.counts = nil }
  }

  /// The words in order, or `nil` when they may not be all that there are.
  ///
  /// Each of them has to have come twice, and all together four times as often as there are words.
  var closedSet: [String]? {
    guard let counts, counts.count > 1 else { return nil }
    let total = counts.values.reduce(0, +)
    guard total >= max(Self.minimumCount, 4 * counts.count), counts.values.allSatisfy({ $0 > 1 })
    else { return nil }
    return counts.keys.sorted()
  }

  /// Whether a text is a name as programs use them, not one that people write.
  private static func isWord(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= maximumBytes else { return false }
    let isLetter = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
    return isLetter
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      }
  }
}
