/// Seeds of the single cases of a run.
///
/// Each case has its own, so that it can be made without those before it, on any machine.
enum CaseSeed {
  /// The seed of a case.
  ///
  /// Spec: two rounds of the mixer of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
  /// Generators", 2014.
  static func derive(from seed: UInt64, case number: Int) -> UInt64 {
    mix(mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ UInt64(bitPattern: Int64(number)))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
