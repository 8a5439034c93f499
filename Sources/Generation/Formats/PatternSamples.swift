import JSONSchema

/// Texts at the edges of a pattern: each branch, the ends of each class, and each quantifier at its
/// bounds and one beyond.
///
/// All else in a text is as simple as it can be. Which texts match is left to the pattern.
struct PatternSamples {
  /// Most texts that one part is given.
  private static let maximumTexts = 160
  /// Most ranges of a class whose ends are shown.
  private static let maximumRanges = 6
  /// Repetitions of more times are not written.
  private static let maximumCount = 2_000

  /// The texts, the simplest first, each once.
  let texts: [String]

  init(_ pattern: ECMAPattern) {
    var seen: Set<[UInt8]> = []
    texts = Self.texts(of: pattern.tree, depth: 0).filter { seen.insert(Array($0.utf8)).inserted }
  }

  private static func texts(of node: PatternNode, depth: Int) -> [String] {
    guard depth < 32 else { return [""] }
    let found: [String]
    switch node {
    case .empty, .start, .end, .wordBoundary, .look, .backreference: found = [""]
    case .scalar(let scalar): found = [text(scalar)]
    case .set(let set): found = edges(of: set)
    case .group(let inner, index: _, name: _): found = texts(of: inner, depth: depth + 1)
    case .alternation(let branches): found = branches.flatMap { texts(of: $0, depth: depth + 1) }
    case .sequence(let nodes): found = sequence(nodes.map { texts(of: $0, depth: depth + 1) })
    case .repetition(let inner, let bounds):
      found = repetitions(of: texts(of: inner, depth: depth + 1), bounds)
    }
    return found.isEmpty ? [""] : Array(found.prefix(maximumTexts))
  }

  /// One part is varied, the others are at their simplest.
  private static func sequence(_ parts: [[String]]) -> [String] {
    let plain = parts.map { $0.first ?? "" }
    var found = [plain.joined()]
    for (index, part) in parts.enumerated() {
      let before = plain[..<index].joined()
      let behind = plain[(index + 1)...].joined()
      found += part.dropFirst().map { before + $0 + behind }
    }
    return found
  }

  private static func repetitions(of texts: [String], _ bounds: RepetitionBounds) -> [String] {
    let plain = texts.first ?? ""
    let least = bounds.minimum
    var counts = [least, least + 1, least - 1]
    if let greatest = bounds.maximum { counts += [greatest, greatest + 1, greatest - 1] }
    let possible = counts.filter { $0 >= 0 && $0 * max(1, plain.utf8.count) <= maximumCount }
    var found = possible.map { String(repeating: plain, count: $0) }
    let others = String(repeating: plain, count: max(0, min(least, maximumCount) - 1))
    found += texts.dropFirst().map { $0 + others }
    return found
  }

  /// The simplest member, then the first and last of each range.
  private static func edges(of set: ScalarSet) -> [String] {
    guard let simplest = ScalarOrder.simplest(in: set) else { return [] }
    let ranges = set.ranges.prefix(maximumRanges)
    return [text(simplest)] + ranges.flatMap { [text($0.lowerBound), text($0.upperBound)] }
  }

  private static func text(_ scalar: UInt32) -> String { String(scalars: [scalar]) }
}
