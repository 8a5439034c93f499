package import JSONSchema

/// One decision of a generator, with what was possible.
package enum Choice: Sendable {
  /// Yes or no; no is simpler.
  case boolean(Bool)
  /// One of a number of ways; the first is the simplest.
  case index(Int, count: Int)
  /// A whole number.
  case integer(Int, bounds: IntegerBounds)
  /// A text.
  case string(String, bounds: StringBounds)
}

/// What an integer choice may be.
package struct IntegerBounds: Hashable, Sendable {
  /// The least and greatest value.
  package var range: ClosedRange<Int>
  /// The value that is simplest; within the range.
  package var simplest: Int

  /// Takes a range; the simplest value is the one nearest to zero unless another is given.
  package init(_ range: ClosedRange<Int>, simplest: Int? = nil) {
    self.range = range
    let wanted = simplest ?? 0
    self.simplest = min(max(wanted, range.lowerBound), range.upperBound)
  }

  /// The nearest value that is allowed.
  package func clamped(_ value: Int) -> Int {
    min(max(value, range.lowerBound), range.upperBound)
  }
}

/// What a string choice may be.
package struct StringBounds: Hashable, Sendable {
  /// The least and greatest number of Unicode scalars.
  package var lengths: ClosedRange<Int>
  /// The scalars that may occur.
  package var alphabet: ScalarSet

  /// Takes lengths and an alphabet.
  package init(lengths: ClosedRange<Int>, alphabet: ScalarSet = .all) {
    self.lengths = lengths
    self.alphabet = alphabet
  }

  /// The shortest text, of the simplest character alone.
  package var simplest: String {
    String(repeating: ScalarOrder.simplest(in: alphabet), count: lengths.lowerBound)
  }

  /// Whether the text is allowed.
  package func allows(_ text: String) -> Bool {
    lengths.contains(text.unicodeScalars.count)
      && (alphabet == .all || text.unicodeScalars.allSatisfy { alphabet.contains($0.value) })
  }

  /// The text made to fit: other characters become the simplest, the end is cut or filled up.
  package func fitted(_ text: String) -> String {
    if allows(text) { return text }
    let filler = Unicode.Scalar(ScalarOrder.simplest(in: alphabet) ?? 0x61) ?? "a"
    var scalars = text.unicodeScalars.prefix(lengths.upperBound).map {
      alphabet.contains($0.value) ? $0 : filler
    }
    while scalars.count < lengths.lowerBound { scalars.append(filler) }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

extension String {
  /// Repeats a scalar; nothing for `nil`.
  fileprivate init(repeating scalar: UInt32?, count: Int) {
    guard let scalar = scalar.flatMap({ Unicode.Scalar($0) }) else {
      self = ""
      return
    }
    self.init(repeating: Character(scalar), count: count)
  }
}

extension Choice {
  /// The simplest choice with the same possibilities.
  package var simplest: Choice {
    switch self {
    case .boolean: .boolean(false)
    case .index(_, let count): .index(0, count: count)
    case .integer(_, let bounds): .integer(bounds.simplest, bounds: bounds)
    case .string(_, let bounds): .string(bounds.simplest, bounds: bounds)
    }
  }

  /// Whether nothing simpler is possible.
  package var isSimplest: Bool {
    switch self {
    case .boolean(let value): !value
    case .index(let value, count: _): value == 0
    case .integer(let value, let bounds): value == bounds.simplest
    case .string(let value, let bounds): value.utf8.elementsEqual(bounds.simplest.utf8)
    }
  }
}

extension Choice: Hashable {
  /// Whether both decide the same among the same possibilities; texts by their bytes.
  package static func == (left: Choice, right: Choice) -> Bool {
    switch (left, right) {
    case (.boolean(let left), .boolean(let right)): left == right
    case (.index(let left, let leftCount), .index(let right, let rightCount)):
      left == right && leftCount == rightCount
    case (.integer(let left, let leftBounds), .integer(let right, let rightBounds)):
      left == right && leftBounds == rightBounds
    case (.string(let left, let leftBounds), .string(let right, let rightBounds)):
      left.utf8.elementsEqual(right.utf8) && leftBounds == rightBounds
    default: false
    }
  }

  /// Hashes the decision.
  package func hash(into hasher: inout Hasher) {
    switch self {
    case .boolean(let value): hasher.combine(value)
    case .index(let value, count: _): hasher.combine(value)
    case .integer(let value, bounds: _): hasher.combine(value)
    case .string(let value, bounds: _): for byte in value.utf8 { hasher.combine(byte) }
    }
  }
}

extension Choice: Comparable {
  /// Whether the first is simpler: `false`, the earlier way, the number nearer to the simplest one
  /// (above it when both are as near), the shorter text, the text of simpler characters.
  package static func < (left: Choice, right: Choice) -> Bool {
    switch (left, right) {
    case (.boolean(let left), .boolean(let right)): !left && right
    case (.index(let left, count: _), .index(let right, count: _)): left < right
    case (.integer(let left, let leftBounds), .integer(let right, let rightBounds)):
      distance(left, leftBounds.simplest) < distance(right, rightBounds.simplest)
    case (.string(let left, bounds: _), .string(let right, bounds: _)): isSimpler(left, right)
    default: left.kindRank < right.kindRank
    }
  }

  /// Distances from the simplest number, those above it just before those below it.
  private static func distance(_ value: Int, _ simplest: Int) -> (UInt, Int) {
    value >= simplest
      ? (UInt(bitPattern: value &- simplest), 0) : (UInt(bitPattern: simplest &- value), 1)
  }

  private static func isSimpler(_ left: String, _ right: String) -> Bool {
    let leftCount = left.unicodeScalars.count
    let rightCount = right.unicodeScalars.count
    guard leftCount == rightCount else { return leftCount < rightCount }
    for (left, right) in zip(left.unicodeScalars, right.unicodeScalars) where left != right {
      return ScalarOrder.rank(left.value) < ScalarOrder.rank(right.value)
    }
    return false
  }

  private var kindRank: Int {
    switch self {
    case .boolean: 0
    case .index: 1
    case .integer: 2
    case .string: 3
    }
  }
}
