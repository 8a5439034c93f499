/// Checks UTF-8 as it arrives and stops at the first byte that cannot be part of any text.
///
/// Spec: RFC 6455 §8.1, RFC 3629 §4 (no surrogates, nothing overlong, nothing past U+10FFFF).
struct UTF8Validator: Sendable {
  /// How many continuation bytes are still owed.
  private var owed: UInt8 = 0
  /// What the next continuation byte may be; narrower than 80..BF after E0, ED, F0 and F4.
  private var lowest: UInt8 = 0x80
  private var highest: UInt8 = 0xBF

  /// Whether the text may end here.
  var isAtBoundary: Bool { owed == 0 }

  /// Reads on.
  ///
  /// - Returns: The position of the first bad byte; nil when there is none so far.
  mutating func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
    let count = bytes.count
    var index = 0
    while index < count {
      if owed == 0 {
        // Most text is ASCII: eight bytes at a time.
        while index &+ 8 <= count,
          bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index &+= 8
        }
        guard index < count else { break }
        if count &- index >= Self.manyBytes {
          index = Self.endOfGood(in: bytes, from: index)
          // From here on byte by byte: a character that goes on in the next bytes, or a bad one.
          while index < count {
            guard accepts(bytes[index]) else { return index }
            index &+= 1
          }
          break
        }
      }
      guard accepts(bytes[index]) else { return index }
      index &+= 1
    }
    return nil
  }

  /// From how many bytes on the standard library, which looks at many at once, is the faster way.
  private static var manyBytes: Int { 48 }

  /// Goes over whole characters.
  ///
  /// - Returns: Where the first character begins that is bad or not complete.
  private static func endOfGood(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard #available(macOS 26, *) else { return start }
    // The last character may be incomplete: it begins with the last byte that begins one.
    var end = bytes.count
    while end > bytes.count &- 4, bytes[end &- 1] & 0xC0 == 0x80 { end &-= 1 }
    end &-= 1
    let span = UnsafeRawBufferPointer(rebasing: bytes[start..<end]).bindMemory(to: UInt8.self).span
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: span)
      return end
    } catch {
      return start + error.byteOffsets.lowerBound
    }
  }

  /// Takes one byte; false when no text can go on with it.
  @inline(__always)
  private mutating func accepts(_ byte: UInt8) -> Bool {
    if owed > 0 {
      guard byte >= lowest, byte <= highest else { return false }
      owed &-= 1
      lowest = 0x80
      highest = 0xBF
      return true
    }
    switch byte {
    case 0x00...0x7F: break
    case 0xC2...0xDF: owed = 1
    case 0xE0: (owed, lowest) = (2, 0xA0)
    case 0xED: (owed, highest) = (2, 0x9F)
    case 0xE1...0xEF: owed = 2
    case 0xF0: (owed, lowest) = (3, 0x90)
    case 0xF1...0xF3: owed = 3
    case 0xF4: (owed, highest) = (3, 0x8F)
    default: return false
    }
    return true
  }
}
