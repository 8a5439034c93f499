/// Tells quickly that a payload has nothing that is named like a secret.
///
/// Most payloads have not, and are then not parsed while their frame waits.
enum SecretScan {
  /// Every name that ``SecretName`` knows has one of these in it, and every credential begins with
  /// the name of its scheme.
  private static let stems: [[UInt8]] = [
    "authorization", "cookie", "credential", "jwt", "passcode", "passphrase", "passwd", "password",
    "pwd", "secret", "token", "key", "bearer ", "basic ", "digest ",
  ].map { Array($0.utf8) }

  /// The stems by their first letters.
  private static let stemsByLetter: [[[UInt8]]] = (0...255).map { letter in
    stems.filter { Int($0[0]) == letter }
  }

  /// The bytes at which something may begin.
  private static let beginnings: [Bool] = (0...255).map { byte in
    byte == Int(UInt8(ascii: "\\")) || byte == 0xE2 || !stemsByLetter[lower(byte)].isEmpty
  }

  /// Whether a payload may hold a secret; true as well for names that are written with `\u` or with
  /// the sign for kelvin, which is a `k` to Unicode.
  static func mayHoldSecret(_ payload: [UInt8]) -> Bool {
    payload.withUnsafeBufferPointer { payload in
      beginnings.withUnsafeBufferPointer { beginnings in
        for index in payload.indices where beginnings[Int(payload[index])] {
          switch payload[index] {
          case UInt8(ascii: "\\"):
            if index + 1 < payload.count, payload[index + 1] == UInt8(ascii: "u") { return true }
          case 0xE2:
            if has([0xE2, 0x84, 0xAA], payload, at: index) { return true }
          default:
            for stem in stemsByLetter[lower(Int(payload[index]))]
            where has(stem, payload, at: index) {
              return true
            }
          }
        }
        return false
      }
    }
  }

  private static func has(
    _ stem: [UInt8],
    _ payload: UnsafeBufferPointer<UInt8>,
    at index: Int
  ) -> Bool {
    guard index + stem.count <= payload.count else { return false }
    for place in 1..<stem.count
    where lower(Int(payload[index + place])) != Int(stem[place]) { return false }
    return true
  }

  private static func lower(_ byte: Int) -> Int {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
