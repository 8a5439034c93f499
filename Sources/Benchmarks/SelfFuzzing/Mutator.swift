import Generation

/// Makes hostile texts out of good ones: damages bytes, repeats, cuts, joins and nests.
struct Mutator {
  private var random: RandomNumbers
  private let seeds: [[UInt8]]
  /// Pieces that mean something to the reader.
  private let tokens: [[UInt8]]
  /// What a text is cut to.
  private static let maximumBytes = 2_048

  /// Takes good texts and the pieces of their language.
  init(seed: UInt64, texts: [String], tokens: [String]) {
    random = RandomNumbers(seed: seed)
    seeds = texts.map { Array($0.utf8) }
    self.tokens = tokens.map { Array($0.utf8) }
  }

  /// Takes good bytes of any kind, and pieces of them.
  init(seed: UInt64, seeds: [[UInt8]], tokens: [[UInt8]]) {
    random = RandomNumbers(seed: seed)
    self.seeds = seeds
    self.tokens = tokens
  }

  /// The next text, which may be good by chance.
  mutating func next() -> [UInt8] {
    var text = seeds[random.below(seeds.count)]
    for _ in 0...random.below(4) { mutate(&text) }
    return text.count > Self.maximumBytes ? Array(text[..<Self.maximumBytes]) : text
  }

  private mutating func mutate(_ text: inout [UInt8]) {
    let place = random.below(text.count + 1)
    switch random.below(10) {
    case 0: if place < text.count { text[place] ^= 1 << UInt8(random.below(8)) }
    case 1: if place < text.count { text[place] = UInt8(truncatingIfNeeded: random.next()) }
    case 2: text.removeSubrange(range(in: text))
    case 3: text.replaceSubrange(range(in: text), with: text[range(in: text)])
    case 4: text.insert(contentsOf: text[range(in: text)], at: place)
    case 5, 6: text.insert(contentsOf: tokens[random.below(tokens.count)], at: place)
    case 7: text.replaceSubrange(range(in: text), with: tokens[random.below(tokens.count)])
    case 8: repeatToken(in: &text, at: place)
    default:
      let other = seeds[random.below(seeds.count)]
      text.replaceSubrange(range(in: text), with: other[range(in: other)])
    }
  }

  /// The same piece many times: nesting, long numbers, long runs.
  private mutating func repeatToken(in text: inout [UInt8], at place: Int) {
    let token = tokens[random.below(tokens.count)]
    let count = 1 << random.below(10)
    text.insert(contentsOf: Array(repeatElement(token, count: count).joined()), at: place)
  }

  /// Mostly short.
  private mutating func range(in text: [UInt8]) -> Range<Int> {
    let start = random.below(text.count + 1)
    let length = min(text.count - start, random.below(1 << random.below(7)))
    return start..<start + length
  }
}
