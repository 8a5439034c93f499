/// Finds out which items of two arrays belong together.
///
/// Equal items are matched first, in order and as many as possible. Between them, items that are
/// like each other are taken for changed ones, and what is left over is missing or unexpected.
struct ArrayAlignment {
  /// Two items that belong together, or one that stands alone; by their indexes.
  enum Pair: Hashable {
    case both(Int, Int)
    case expectedOnly(Int)
    case actualOnly(Int)
  }

  /// Above this many pairs of items that could be matched, items are compared one by one instead.
  static let maximumCells = 250_000

  /// What belongs together, in order.
  private(set) var pairs: [Pair] = []
  private let expected: [JSONValue]
  private let actual: [JSONValue]

  init(_ expected: [JSONValue], _ actual: [JSONValue]) {
    self.expected = expected
    self.actual = actual
    align()
  }

  private mutating func align() {
    let shorter = min(expected.count, actual.count)
    var start = 0
    while start < shorter, expected[start] == actual[start] { start += 1 }
    var tail = 0
    while tail < shorter - start,
      expected[expected.count - 1 - tail] == actual[actual.count - 1 - tail]
    { tail += 1 }
    pairs += (0..<start).map { .both($0, $0) }
    alignMiddle(start..<expected.count - tail, start..<actual.count - tail)
    pairs += (0..<tail).reversed().map {
      .both(expected.count - 1 - $0, actual.count - 1 - $0)
    }
  }

  /// Aligns what is left between equal starts and equal ends.
  private mutating func alignMiddle(_ left: Range<Int>, _ right: Range<Int>) {
    guard left.count * right.count <= Self.maximumCells else {
      pairInOrder(left, right)
      return
    }
    // Equal items get equal numbers, so that each is hashed only once.
    var numbers: [JSONValue: Int] = [:]
    func number(_ value: JSONValue) -> Int {
      if let number = numbers[value] { return number }
      numbers[value] = numbers.count
      return numbers.count - 1
    }
    let leftNumbers = left.map { number(expected[$0]) }
    let rightNumbers = right.map { number(actual[$0]) }
    let matches = Self.bestMatches(left.count, right.count) { row, column in
      leftNumbers[row] == rightNumbers[column] ? 1 : 0
    }
    var leftStart = left.lowerBound
    var rightStart = right.lowerBound
    for (row, column) in matches {
      let match = (left: left.lowerBound + row, right: right.lowerBound + column)
      alignGap(leftStart..<match.left, rightStart..<match.right)
      pairs.append(.both(match.left, match.right))
      leftStart = match.left + 1
      rightStart = match.right + 1
    }
    alignGap(leftStart..<left.upperBound, rightStart..<right.upperBound)
  }

  /// Pairs items of which none equals another.
  private mutating func alignGap(_ left: Range<Int>, _ right: Range<Int>) {
    let isLarge = left.count * right.count > 400
    guard left.count != right.count, !left.isEmpty, !right.isEmpty, !isLarge else {
      pairInOrder(left, right)
      return
    }
    let matches = Self.bestMatches(left.count, right.count) { row, column in
      Self.likeness(expected[left.lowerBound + row], actual[right.lowerBound + column])
    }
    var leftStart = left.lowerBound
    var rightStart = right.lowerBound
    for (row, column) in matches {
      let match = (left: left.lowerBound + row, right: right.lowerBound + column)
      pairs += (leftStart..<match.left).map { .expectedOnly($0) }
      pairs += (rightStart..<match.right).map { .actualOnly($0) }
      pairs.append(.both(match.left, match.right))
      leftStart = match.left + 1
      rightStart = match.right + 1
    }
    pairs += (leftStart..<left.upperBound).map { .expectedOnly($0) }
    pairs += (rightStart..<right.upperBound).map { .actualOnly($0) }
  }

  private mutating func pairInOrder(_ left: Range<Int>, _ right: Range<Int>) {
    pairs += zip(left, right).map { .both($0, $1) }
    pairs += left.dropFirst(right.count).map { .expectedOnly($0) }
    pairs += right.dropFirst(left.count).map { .actualOnly($0) }
  }

  /// The pairs, rising in both, whose scores have the largest sum; none has the score zero.
  private static func bestMatches(
    _ rows: Int,
    _ columns: Int,
    score: (Int, Int) -> Int
  ) -> [(Int, Int)] {
    let width = columns + 1
    var best = [Int32](repeating: 0, count: (rows + 1) * width)
    for row in (0..<rows).reversed() {
      for column in (0..<columns).reversed() {
        let paired = Int32(score(row, column)) + best[(row + 1) * width + column + 1]
        let skipped = max(best[(row + 1) * width + column], best[row * width + column + 1])
        best[row * width + column] = max(paired, skipped)
      }
    }
    var matches: [(Int, Int)] = []
    var (row, column) = (0, 0)
    while row < rows, column < columns {
      let here = best[row * width + column]
      let value = score(row, column)
      if value > 0, here == Int32(value) + best[(row + 1) * width + column + 1] {
        matches.append((row, column))
        row += 1
        column += 1
      } else if here == best[(row + 1) * width + column] {
        row += 1
      } else {
        column += 1
      }
    }
    return matches
  }

  /// How much alike two different values are, from 1 to 100.
  private static func likeness(_ left: JSONValue, _ right: JSONValue) -> Int {
    switch (left, right) {
    case (.object(let left), .object(let right)):
      let count = max(left.count, right.count, 1)
      let score = left.members.prefix(100).reduce(0) { score, member in
        guard let value = right[member.name] else { return score }
        return score + (value == member.value ? 3 : 1)
      }
      return 10 + 90 * score / (3 * count)
    case (.array, .array):
      return 10
    default:
      return left.kind == right.kind ? 5 : 1
    }
  }
}
