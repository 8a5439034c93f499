/// What part of a file a client asks for.
///
/// One range is understood; of several the whole file is the answer, as is allowed.
///
/// Spec: RFC 9110 §14.1.2 (byte ranges), §14.2 (Range).
enum ByteRange: Equatable {
  /// The whole file: nothing else is asked for, or nothing that can be read.
  case whole
  /// These bytes, which the file has.
  case part(Range<Int>)
  /// Bytes that the file does not have.
  case outside

  /// Reads the value of a `Range` field.
  ///
  /// - Parameters:
  ///   - value: Such as `bytes=0-99`, `bytes=100-` or `bytes=-100`; `nil` asks for the whole.
  ///   - byteCount: How long the file is.
  init(_ value: String?, of byteCount: Int) {
    self = value.flatMap { Self.parse($0, byteCount) } ?? .whole
  }

  private static func parse(_ value: String, _ byteCount: Int) -> ByteRange? {
    let sides = value.split(separator: "=", maxSplits: 1)
    guard sides.count == 2, sides[0].equalsIgnoringASCIICase("bytes") else { return nil }
    let ends = sides[1].trimmingBlanks().split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2 else { return nil }
    switch (ends[0].isEmpty, ends[1].isEmpty) {
    case (true, true): return nil
    case (true, false):
      guard let count = number(ends[1]) else { return nil }
      return range(from: byteCount - min(count, byteCount), to: byteCount, byteCount)
    case (false, true):
      guard let first = number(ends[0]) else { return nil }
      return range(from: first, to: byteCount, byteCount)
    case (false, false):
      guard let first = number(ends[0]), let last = number(ends[1]), first <= last else {
        return nil
      }
      return range(from: first, to: min(last, byteCount - 1) + 1, byteCount)
    }
  }

  private static func range(from first: Int, to end: Int, _ byteCount: Int) -> ByteRange {
    first < byteCount ? .part(first..<end) : .outside
  }

  /// A number of decimal digits; what is too big for any file is only very big.
  private static func number(_ digits: Substring) -> Int? {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(digits) ?? .max
  }
}
