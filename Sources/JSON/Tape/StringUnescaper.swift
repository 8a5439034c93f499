/// The bytes of a string whose escapes are known to be well formed, one at a time.
///
/// Spec: RFC 8259 §7.
struct StringUnescaper: IteratorProtocol {
  private let raw: UnsafeBufferPointer<UInt8>
  private var index = 0
  /// Bytes of a character that took more than one, the first lowest.
  private var pending: UInt32 = 0

  /// Takes the text between the quotes.
  init(_ raw: UnsafeBufferPointer<UInt8>) { self.raw = raw }

  mutating func next() -> UInt8? {
    if pending != 0 {
      defer { pending >>= 8 }
      return UInt8(truncatingIfNeeded: pending)
    }
    guard index < raw.count else { return nil }
    let byte = raw[index]
    index += 1
    guard byte == UInt8(ascii: "\\") else { return byte }
    let escape = raw[index]
    index += 1
    switch escape {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"): return encode(unicodeEscape())
    default: return escape
    }
  }

  /// Reads what follows `\u`, with the other half of a surrogate pair.
  private mutating func unicodeEscape() -> UInt32 {
    let unit = hexadecimal(at: index)
    index += 4
    guard unit & 0xF800 == 0xD800 else { return unit }
    guard unit < 0xDC00, index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"),
      raw[index + 1] == UInt8(ascii: "u")
    else { return 0xFFFD }
    let low = hexadecimal(at: index + 2)
    guard low & 0xFC00 == 0xDC00 else { return 0xFFFD }
    index += 6
    return 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
  }

  private func hexadecimal(at start: Int) -> UInt32 {
    var value: UInt32 = 0
    for byte in raw[start..<start + 4] {
      let digit = byte <= UInt8(ascii: "9") ? byte & 0x0F : (byte & 0x0F) + 9
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Answers the first byte of a character and keeps the rest.
  private mutating func encode(_ scalar: UInt32) -> UInt8 {
    switch scalar {
    case ..<0x80:
      return UInt8(scalar)
    case ..<0x800:
      pending = 0x80 | scalar & 0x3F
      return UInt8(0xC0 | scalar >> 6)
    case ..<0x10000:
      pending = (0x80 | scalar >> 6 & 0x3F) | (0x80 | scalar & 0x3F) << 8
      return UInt8(0xE0 | scalar >> 12)
    default:
      pending =
        (0x80 | scalar >> 12 & 0x3F) | (0x80 | scalar >> 6 & 0x3F) << 8
        | (0x80 | scalar & 0x3F) << 16
      return UInt8(0xF0 | scalar >> 18)
    }
  }
}
