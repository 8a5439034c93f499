import JSONSchema

// MARK: - Single choices

extension ShrinkSearch {
  /// Simplifies choices that are equal, all at once: an id that occurs several times stays the same.
  nonisolated(nonsending) mutating func simplifyTogether() async throws {
    var seen: Set<Choice> = []
    var place = 0
    while place < best.choices.count {
      let choice = best.choices[place]
      place += 1
      switch choice {
      case .boolean, .index: continue
      case .integer, .string: break
      }
      guard !choice.isSimplest, seen.insert(choice).inserted else { continue }
      let places = best.choices.indices.filter { best.choices[$0] == choice }
      if places.count > 1 { try await simplify(places) }
    }
  }

  /// Simplifies each choice by itself.
  nonisolated(nonsending) mutating func simplifyEach() async throws {
    var place = 0
    while place < best.choices.count {
      if !best.choices[place].isSimplest { try await simplify([place]) }
      place += 1
    }
  }

  /// Simplifies equal choices at several places.
  private nonisolated(nonsending) mutating func simplify(_ places: [Int]) async throws {
    let choice = best.choices[places[0]]
    let count = best.choices.count
    if try await attempt(places, choice.simplest) { return }
    guard best.choices.count == count else { return }
    switch choice {
    case .boolean: return
    case .index(let value, let ways): try await lower(places, value, below: ways)
    case .integer(let value, let bounds): try await approach(places, value, bounds)
    case .string(let value, let bounds): try await shorten(places, value, bounds)
    }
  }

  private nonisolated(nonsending) mutating func attempt(
    _ places: [Int],
    _ choice: Choice
  ) async throws -> Bool {
    var candidate = best
    for place in places {
      guard candidate.choices.indices.contains(place) else { return false }
      candidate.choices[place] = choice
    }
    return try await attempt(candidate)
  }

  /// Takes an earlier way, the earliest first; of many only some are tried.
  private nonisolated(nonsending) mutating func lower(
    _ places: [Int],
    _ value: Int,
    below count: Int
  ) async throws {
    var tried: Set<Int> = [0, value]
    for smaller in [1, value / 2, value - 1]
    where smaller < value && tried.insert(smaller).inserted {
      if try await attempt(places, .index(smaller, count: count)) { return }
    }
  }

  // MARK: Numbers

  /// Comes nearer to the simplest number, by halving the distance that is known to be too small and
  /// the one that is known to do.
  private nonisolated(nonsending) mutating func approach(
    _ places: [Int],
    _ value: Int,
    _ bounds: IntegerBounds
  ) async throws {
    let isAbove = value > bounds.simplest
    if !isAbove {
      // The same distance above is simpler than below.
      let (mirrored, overflowed) = bounds.simplest.subtractingReportingOverflow(value)
      let (other, overflowedAgain) = bounds.simplest.addingReportingOverflow(mirrored)
      if !overflowed, !overflowedAgain, bounds.range.contains(other),
        try await attempt(places, .integer(other, bounds: bounds))
      {
        try await approach(places, other, bounds)
        return
      }
    }
    func number(_ distance: UInt) -> Choice {
      let step = Int(bitPattern: distance)
      return .integer(
        isAbove ? bounds.simplest &+ step : bounds.simplest &- step,
        bounds: bounds
      )
    }
    var high = UInt(bitPattern: isAbove ? value &- bounds.simplest : bounds.simplest &- value)
    var low: UInt = 0
    // First the number of binary digits, then the number.
    while high > 2 * low + 1 {
      let highBits = UInt.bitWidth - high.leadingZeroBitCount
      let lowBits = UInt.bitWidth - low.leadingZeroBitCount
      let middle: UInt =
        highBits - lowBits > 1 ? 1 << UInt((highBits + lowBits) / 2 - 1) : low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if try await attempt(places, number(middle)) { high = middle } else { low = middle }
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if try await attempt(places, number(middle)) { high = middle } else { low = middle }
    }
  }

  // MARK: Texts

  private nonisolated(nonsending) mutating func shorten(
    _ places: [Int],
    _ value: String,
    _ bounds: StringBounds
  ) async throws {
    var scalars = value.unicodeScalars.map(\.value)
    func choice(_ scalars: [UInt32]) -> Choice { .string(String(scalars: scalars), bounds: bounds) }
    guard let simplest = ScalarOrder.simplest(in: bounds.alphabet) else { return }
    // The same length of the simplest character: often only the length matters.
    let plain = [UInt32](repeating: simplest, count: scalars.count)
    if plain != scalars, try await attempt(places, choice(plain)) { scalars = plain }
    // The shortest beginning that does.
    var low = bounds.lengths.lowerBound - 1
    var high = scalars.count
    while high - low > 1 {
      let middle = max(low + 1, (low + high) / 2)
      if try await attempt(places, choice(Array(scalars.prefix(middle)))) {
        high = middle
      } else {
        low = middle
      }
    }
    scalars = Array(scalars.prefix(high))
    try await removeCharacters(places, &scalars, bounds)
    guard scalars.contains(where: { $0 != simplest }) else { return }
    try await replaceCharacters(places, &scalars, by: simplest, bounds)
  }

  /// Leaves out characters, many at once while that works.
  private nonisolated(nonsending) mutating func removeCharacters(
    _ places: [Int],
    _ scalars: inout [UInt32],
    _ bounds: StringBounds
  ) async throws {
    var size = scalars.count / 2
    while size > 0 {
      var begin = 0
      while begin + size <= scalars.count, scalars.count - size >= bounds.lengths.lowerBound {
        var shorter = scalars
        shorter.removeSubrange(begin..<begin + size)
        if try await attempt(places, .string(String(scalars: shorter), bounds: bounds)) {
          scalars = shorter
        } else {
          begin += size
        }
      }
      size /= 2
    }
  }

  /// Replaces characters by the simplest, many at once while that works.
  private nonisolated(nonsending) mutating func replaceCharacters(
    _ places: [Int],
    _ scalars: inout [UInt32],
    by simplest: UInt32,
    _ bounds: StringBounds
  ) async throws {
    var size = scalars.count / 2
    while size > 0 {
      for begin in stride(from: 0, to: scalars.count, by: size) {
        let range = begin..<min(begin + size, scalars.count)
        guard scalars[range].contains(where: { $0 != simplest }) else { continue }
        var simpler = scalars
        for place in range { simpler[place] = simplest }
        if try await attempt(places, .string(String(scalars: simpler), bounds: bounds)) {
          scalars = simpler
        }
      }
      size /= 2
    }
  }
}
