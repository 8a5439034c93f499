/// A generator of pseudo-random numbers that gives the same numbers for a seed on any machine.
///
/// It is xoshiro256**, its state filled by SplitMix64. Derived numbers use integer arithmetic only.
package struct RandomNumbers: Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Starts from a seed.
  package init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// A number from 0 to below a bound, all equally likely to within 2^-64 times the bound.
  ///
  /// - Precondition: `bound` is above 0.
  package mutating func below(_ bound: UInt64) -> UInt64 {
    precondition(bound > 0, "nothing is below 0")
    return next().multipliedFullWidth(by: bound).high
  }

  /// A number from 0 to below a bound.
  package mutating func below(_ bound: Int) -> Int { Int(below(UInt64(bound))) }

  /// `true` in this many of 256 cases.
  package mutating func chance(in256 count: Int) -> Bool { Int(next() >> 56) < count }
}

/// Mixes consecutive numbers into unrelated ones.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
