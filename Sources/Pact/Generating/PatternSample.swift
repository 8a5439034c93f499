import JSONSchema

/// Writes texts that fit a pattern, by chance.
///
/// Look-around and word boundaries are not followed; whoever asks tries the text on the pattern.
struct PatternSample {
  /// How often a part without an upper bound is repeated at most beyond its lower one; 8.
  private static let extraRepetitions = 8
  /// No text gets longer; 10,000 characters.
  private static let maximumLength = 10_000

  private var stream: RandomStream
  private var groups: [Int: String] = [:]
  private var text = ""
  private var length = 0

  init(_ stream: RandomStream) { self.stream = stream }

  /// A text for a tree, and the stream for the next one.
  mutating func write(_ tree: PatternNode) -> String {
    text = ""
    length = 0
    groups = [:]
    add(tree)
    return text
  }

  private mutating func add(_ node: PatternNode) {
    guard length < Self.maximumLength else { return }
    switch node {
    case .empty, .start, .end, .wordBoundary, .look: return
    case .scalar(let scalar): add(scalar)
    case .set(let set):
      // Readable characters where the set has any.
      let readable = set.intersection(ScalarSet([0x20...0x7E]))
      let choices = readable.isEmpty ? set : readable
      guard choices.count > 0 else { return }
      let index = Int.random(in: 0..<choices.count, using: &stream)
      choices.member(at: index).map { add($0) }
    case .sequence(let nodes): for node in nodes { add(node) }
    case .alternation(let nodes):
      guard !nodes.isEmpty else { return }
      add(nodes[Int.random(in: 0..<nodes.count, using: &stream)])
    case .repetition(let inner, let bounds):
      let maximum = bounds.maximum ?? bounds.minimum + Self.extraRepetitions
      let limit = min(maximum, bounds.minimum + Self.extraRepetitions)
      let count = Int.random(in: bounds.minimum...max(bounds.minimum, limit), using: &stream)
      for _ in 0..<min(count, Self.maximumLength) { add(inner) }
    case .group(let inner, let index, name: _):
      let begin = text.endIndex
      add(inner)
      groups[index] = String(text[begin...])
    case .backreference(let indexes):
      for index in indexes { groups[index].map { text += $0 } }
    }
  }

  private mutating func add(_ scalar: UInt32) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    text.unicodeScalars.append(scalar)
    length += 1
  }
}
