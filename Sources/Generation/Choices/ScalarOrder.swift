package import JSONSchema

/// Which characters a person finds simpler: small letters, digits, capitals, other ASCII signs, then
/// the rest by code point; white space and controls come after the ASCII signs.
package enum ScalarOrder {
  /// The place of a scalar, 0 for the simplest.
  package static func rank(_ scalar: UInt32) -> UInt32 {
    scalar < 128 ? ranks[Int(scalar)] : scalar
  }

  /// The simplest member of a set.
  ///
  /// - Returns: `nil` for the empty set.
  package static func simplest(in set: ScalarSet) -> UInt32? {
    if let ascii = ascii.first(where: set.contains) { return ascii }
    return set.ranges.first?.lowerBound
  }

  /// The scalar at a place of the order.
  package static func scalar(rank: UInt32) -> UInt32 {
    rank < 128 ? ascii[Int(rank)] : rank
  }

  /// All ASCII characters in this order.
  private static let ascii: [UInt32] = {
    let simple: [ClosedRange<UInt32>] = [0x61...0x7A, 0x30...0x39, 0x41...0x5A]
    let first = simple.flatMap { Array($0) }
    let signs = (0x21...0x7E as ClosedRange<UInt32>).filter { !first.contains($0) }
    let controls = Array(0...0x1F as ClosedRange<UInt32>)
    return first + signs + [0x20] + controls + [0x7F]
  }()

  private static let ranks: [UInt32] = {
    var ranks = [UInt32](repeating: 0, count: 128)
    for (rank, scalar) in ascii.enumerated() { ranks[Int(scalar)] = UInt32(rank) }
    return ranks
  }()
}
