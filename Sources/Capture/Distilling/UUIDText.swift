/// UUIDs as text.
///
/// Spec: RFC 9562 §4.
enum UUIDText {
  private static let length = 36
  private static let hyphens: Set<Int> = [8, 13, 18, 23]

  /// Whether a text is a UUID.
  static func isUUID(_ text: String) -> Bool {
    text.utf8.count == length && isUUID(Array(text.utf8)[...])
  }

  /// Where UUIDs stand in a text.
  static func ranges(in text: String) -> [Range<String.Index>] {
    let bytes = Array(text.utf8)
    var found: [Range<String.Index>] = []
    var start = 0
    while start + length <= bytes.count {
      let isFree = start == 0 || !isDigit(bytes[start - 1])
      let end = start + length
      let endsThere = end == bytes.count || !isDigit(bytes[end])
      if isFree, endsThere, isUUID(bytes[start..<end]) {
        let lower = text.utf8.index(text.startIndex, offsetBy: start)
        found.append(lower..<text.utf8.index(lower, offsetBy: length))
        start = end
      } else {
        start += 1
      }
    }
    return found
  }

  /// Whether a UUID was written by a person or counted, not made by chance: chance does not give
  /// eight zeros in a row.
  static func looksWritten(_ text: String) -> Bool { text.contains("00000000") }

  /// The UUID with a number, of the same version and case as another.
  static func numbered(_ number: Int, like text: String) -> String {
    let version = Array(text)[14]
    let digits = String(number, radix: 16)
    let padded = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    let isUppercase = text.contains { $0.isUppercase }
    return "00000000-0000-\(version)000-8000-" + (isUppercase ? padded.uppercased() : padded)
  }

  private static func isUUID(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.enumerated().allSatisfy { index, byte in
      hyphens.contains(index) ? byte == UInt8(ascii: "-") : isDigit(byte)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}

/// Points in time as text.
///
/// Spec: RFC 3339 §5.6.
enum Timestamp {
  /// Whether a text is a date with a time and an offset.
  static func isTimestamp(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, matches(bytes[..<19], "0000-00-00T00:00:00") else { return false }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return false }
      rest = rest.dropFirst(1 + digits.count)
    }
    if rest.count == 1 { return rest.first.map { $0 | 0x20 } == UInt8(ascii: "z") }
    return rest.count == 6 && (matches(rest, "+00:00") || matches(rest, "-00:00"))
  }

  /// Whether bytes have the digits and marks of a pattern, in which 0 stands for any digit.
  private static func matches(_ bytes: ArraySlice<UInt8>, _ pattern: String) -> Bool {
    zip(bytes, pattern.utf8).allSatisfy { byte, mark in
      switch mark {
      case UInt8(ascii: "0"): (0x30...0x39).contains(byte)
      case UInt8(ascii: "T"): byte == mark || byte == UInt8(ascii: "t")
      default: byte == mark
      }
    }
  }
}
