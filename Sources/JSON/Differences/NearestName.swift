/// The name that someone who wrote another most likely meant.
///
/// Upper and lower case count as nearly the same; of equally near names the first wins.
///
/// - Returns: `nil` when no name is near: more than a third of the longer one's letters differ.
package func nearestName(to written: String, in names: some Sequence<String>) -> String? {
  let written = Array(written.unicodeScalars.prefix(100))
  var best: (name: String, distance: Int)?
  for name in names {
    let candidate = Array(name.unicodeScalars.prefix(100))
    let limit = max(1, max(written.count, candidate.count) / 3) * 2
    guard abs(written.count - candidate.count) * 2 <= limit else { continue }
    let distance = doubledEditDistance(written, candidate)
    if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
  }
  return best?.name
}

/// Twice the edits that make one text the other: inserting, removing, replacing or swapping
/// neighbours counts two, changing the case of a letter one.
private func doubledEditDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(stride(from: 0, through: right.count * 2, by: 2))
  for row in left.indices {
    var current = [(row + 1) * 2]
    for column in right.indices {
      var cost = last[column] + replacementCost(left[row], right[column])
      cost = min(cost, last[column + 1] + 2, current[column] + 2)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 2)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}

private func replacementCost(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Int {
  if left == right { return 0 }
  return left.properties.lowercaseMapping == right.properties.lowercaseMapping ? 1 : 2
}
