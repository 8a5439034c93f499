/// A set of Unicode scalar values, kept as sorted ranges that neither overlap nor touch.
///
/// Surrogates are never members: no JSON string that reaches a pattern can hold one.
package struct ScalarSet: Hashable, Sendable {
  /// The members: sorted, apart from each other, each bound included.
  package private(set) var ranges: [ClosedRange<UInt32>]

  /// The set without members.
  package static let none = ScalarSet(ranges: [])
  /// Every Unicode scalar value.
  package static let all = ScalarSet(ranges: [0...0xD7FF, 0xE000...0x10_FFFF])

  private init(ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

  /// Takes ranges in any order, overlapping or not; surrogates fall out.
  package init(_ ranges: some Sequence<ClosedRange<UInt32>>) {
    self.ranges = Self.normalized(ranges.flatMap(Self.withoutSurrogates))
  }

  /// The set of one scalar.
  package init(_ scalar: UInt32) { self.init(CollectionOfOne(scalar...scalar)) }

  /// Takes the characters of an ASCII text.
  package init(characters: StaticString) {
    self.init(characters.description.unicodeScalars.map { $0.value...$0.value })
  }

  /// Whether there is no member.
  package var isEmpty: Bool { ranges.isEmpty }

  /// How many members there are.
  package var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }

  /// The only member, or `nil` where there are none or several.
  package var onlyMember: UInt32? {
    guard ranges.count == 1, let range = ranges.first, range.lowerBound == range.upperBound else {
      return nil
    }
    return range.lowerBound
  }

  /// Whether the scalar is a member.
  package func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar
  }

  /// The member at this position in ascending order.
  ///
  /// - Returns: `nil` out of bounds.
  package func member(at index: Int) -> UInt32? {
    var rest = index
    guard rest >= 0 else { return nil }
    for range in ranges {
      let count = Int(range.upperBound - range.lowerBound) + 1
      if rest < count { return range.lowerBound + UInt32(rest) }
      rest -= count
    }
    return nil
  }

  /// The position of a member in ascending order.
  ///
  /// - Returns: `nil` for what is no member.
  package func index(of scalar: UInt32) -> Int? {
    var before = 0
    for range in ranges {
      if range.contains(scalar) { return before + Int(scalar - range.lowerBound) }
      before += Int(range.upperBound - range.lowerBound) + 1
    }
    return nil
  }

  /// The members of either.
  package func union(_ other: ScalarSet) -> ScalarSet {
    ScalarSet(ranges: Self.normalized(ranges + other.ranges))
  }

  /// Every scalar that is no member.
  package var inverted: ScalarSet {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if next < range.lowerBound { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10_FFFF { gaps.append(next...0x10_FFFF) }
    return ScalarSet(gaps)
  }

  /// The members of both.
  package func intersection(_ other: ScalarSet) -> ScalarSet {
    var common: [ClosedRange<UInt32>] = []
    var left = 0
    var right = 0
    while left < ranges.count, right < other.ranges.count {
      let low = max(ranges[left].lowerBound, other.ranges[right].lowerBound)
      let high = min(ranges[left].upperBound, other.ranges[right].upperBound)
      if low <= high { common.append(low...high) }
      if ranges[left].upperBound < other.ranges[right].upperBound { left += 1 } else { right += 1 }
    }
    return ScalarSet(ranges: common)
  }

  /// The members that the other lacks.
  package func subtracting(_ other: ScalarSet) -> ScalarSet { intersection(other.inverted) }

  private static func withoutSurrogates(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    guard range.overlaps(0xD800...0xDFFF) else { return [range] }
    var parts: [ClosedRange<UInt32>] = []
    if range.lowerBound < 0xD800 { parts.append(range.lowerBound...0xD7FF) }
    if range.upperBound > 0xDFFF { parts.append(0xE000...range.upperBound) }
    return parts
  }

  private static func normalized(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard let last = result.last, range.lowerBound <= last.upperBound + 1 else {
        result.append(range)
        continue
      }
      result[result.count - 1] =
        last.lowerBound...max(last.upperBound, range.upperBound)
    }
    return result
  }
}

extension ScalarSet {
  /// `\d`: the ten ASCII digits.
  package static let digits = ScalarSet([0x30...0x39])
  /// `\w`: ASCII letters, digits and the low line.
  package static let wordCharacters = ScalarSet([
    0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A,
  ])
  /// `\s`: white space and line terminators.
  ///
  /// Spec: ECMA-262 §12.2, §12.3 (tab, VT, FF, ZWNBSP, category Zs; LF, CR, LS, PS).
  package static let whiteSpace = ScalarSet([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
    0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
  /// What `.` does not match.
  ///
  /// Spec: ECMA-262 §12.3.
  package static let lineTerminators = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
}
