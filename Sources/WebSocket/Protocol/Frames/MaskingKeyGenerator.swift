/// Draws masking keys quickly from a random or a given start.
///
/// Each connection has its own generator, started from the system's random source unless a run
/// must send the same bytes again. A key costs a few nanoseconds (xoshiro256**); asking the system
/// for each one costs more than the rest of a small frame.
///
/// Spec: RFC 6455 §5.3, §10.3 (keys must not be predictable for the author of the payload).
package struct MaskingKeyGenerator: Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Starts from the system's random source.
  package init() {
    var system = SystemRandomNumberGenerator()
    state = (system.next(), system.next(), system.next(), system.next() | 1)
  }

  /// Starts from a seed: the same seed gives the same keys on every machine.
  package init(seed: UInt64) {
    var mixer = seed
    func next() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      var value = mixer
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
    state = (next(), next(), next(), next() | 1)
  }

  /// The next key.
  package mutating func next() -> MaskingKey {
    MaskingKey(word: UInt32(truncatingIfNeeded: nextWord() >> 32))
  }

  /// The next sixty-four random bits.
  mutating func nextWord() -> UInt64 {
    func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
      (value << count) | (value >> (64 - count))
    }
    let result = rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, by: 45)
    return result
  }

  /// Sixteen random bytes in base 64, for the opening handshake.
  ///
  /// Spec: RFC 6455 §4.1 item 7.
  package mutating func nextHandshakeKey() -> String {
    var bytes: [UInt8] = []
    for _ in 0..<2 {
      let word = nextWord()
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return Base64.encode(bytes)
  }
}
