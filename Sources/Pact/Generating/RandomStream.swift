/// Random numbers that depend on a seed and a name alone.
///
/// Each generated value has a stream of its own, so that neither filters nor the order of play change
/// it. Spec: SplitMix64 (Steele, Lea, Flood 2014).
struct RandomStream: RandomNumberGenerator {
  private var state: UInt64

  /// Begins the stream of a name; a repetition with the same seed and names is the same.
  init(seed: UInt64, name: String) {
    // FNV-1a, so that names give the same streams on any machine.
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    state = seed ^ hash
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// So many characters of an alphabet.
  mutating func text(_ count: Int, from alphabet: StaticString) -> String {
    let scalars = alphabet.withUTF8Buffer { Array($0) }
    return String(
      decoding: (0..<max(0, count)).map { _ in
        scalars[Int.random(in: 0..<scalars.count, using: &self)]
      },
      as: UTF8.self
    )
  }
}
