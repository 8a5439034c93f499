/// The byte sequences that are characters beyond ASCII.
///
/// Spec: RFC 3629 §4.
enum UTF8Sequence {
  /// How many bytes the character takes that begins here; 0 when none does.
  ///
  /// Reads no further than the first byte that does not fit.
  @inline(__always)
  static func length(at start: UnsafePointer<UInt8>) -> Int {
    func isContinuation(_ index: Int) -> Bool { start[index] & 0xC0 == 0x80 }
    switch start[0] {
    case 0xC2...0xDF:
      return isContinuation(1) ? 2 : 0
    case 0xE0...0xEF:
      guard isContinuation(1) else { return 0 }
      // Overlong forms, and halves of surrogate pairs.
      if start[0] == 0xE0, start[1] < 0xA0 { return 0 }
      if start[0] == 0xED, start[1] > 0x9F { return 0 }
      return isContinuation(2) ? 3 : 0
    case 0xF0...0xF4:
      guard isContinuation(1) else { return 0 }
      // Overlong forms, and what is beyond U+10FFFF.
      if start[0] == 0xF0, start[1] < 0x90 { return 0 }
      if start[0] == 0xF4, start[1] > 0x8F { return 0 }
      return isContinuation(2) && isContinuation(3) ? 4 : 0
    default:
      return 0
    }
  }
}
