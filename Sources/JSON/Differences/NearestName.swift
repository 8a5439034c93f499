/// The name that someone who wrote another most likely meant.
///
/// Upper and lower case count as nearly the same; of equally near names the first wins.
///
/// - Returns: `nil` when no name is near: more than a third of the longer one's letters differ.
package func nearestName(to written: String, in names: some Sequence<String>) -> String? {
  let written = Letters(written)
  var best: (name: String, distance: Int)?
  for name in names {
    let length = name.utf8.count
    // A letter has up to four bytes; what cannot be near by its length is not looked at.
    guard length * 2 >= written.count / 2, length / 8 <= written.count else { continue }
    let candidate = Letters(name)
    let nearEnough = max(1, max(written.count, candidate.count) / 3) * 2
    let limit = min(nearEnough, best.map { $0.distance - 1 } ?? .max)
    guard abs(written.count - candidate.count) * 2 <= limit,
      let distance = written.doubledEditDistance(to: candidate, limit: limit)
    else { continue }
    if distance == 0 { return name }
    best = (name, distance)
  }
  return best?.name
}

/// A name as letters, at most 100 of them.
private struct Letters {
  private let letters: [UInt32]
  private let lowercase: [UInt32]

  init(_ name: String) {
    letters = name.unicodeScalars.prefix(100).map(\.value)
    lowercase = letters.map(Self.lowercase)
  }

  var count: Int { letters.count }

  private static func lowercase(_ letter: UInt32) -> UInt32 {
    if letter < 0x80 { return letter &- 0x41 < 26 ? letter | 0x20 : letter }
    let mapping = Unicode.Scalar(letter)?.properties.lowercaseMapping.unicodeScalars
    guard let mapping, mapping.count == 1, let first = mapping.first else { return letter }
    return first.value
  }

  /// Twice the edits that make one text the other: inserting, removing, replacing or swapping
  /// neighbours counts two, changing the case of a letter one.
  ///
  /// - Returns: `nil` when that is above the limit.
  func doubledEditDistance(to other: Letters, limit: Int) -> Int? {
    let width = other.count + 1
    var beforeLast = [Int](repeating: 0, count: width)
    var last = Array(stride(from: 0, to: width * 2, by: 2))
    var current = beforeLast
    for row in letters.indices {
      current[0] = (row + 1) * 2
      var least = current[0]
      for column in other.letters.indices {
        let isSame = letters[row] == other.letters[column]
        let isSameLetter = lowercase[row] == other.lowercase[column]
        var cost = last[column] + (isSame ? 0 : isSameLetter ? 1 : 2)
        cost = min(cost, last[column + 1] + 2, current[column] + 2)
        if row > 0, column > 0, letters[row] == other.letters[column - 1],
          letters[row - 1] == other.letters[column]
        {
          cost = min(cost, beforeLast[column - 1] + 2)
        }
        current[column + 1] = cost
        least = min(least, cost)
      }
      // What follows costs no less, but for a swap with the row before.
      guard least <= limit + 2 else { return nil }
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[width - 1] <= limit ? last[width - 1] : nil
  }
}
