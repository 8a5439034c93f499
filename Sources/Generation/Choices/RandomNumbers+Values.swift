import JSONSchema

// Random values in which the interesting ones are frequent.
extension RandomNumbers {
  /// A number within bounds: often one of the bounds, the simplest number or a neighbour.
  mutating func integer(within bounds: IntegerBounds) -> Int {
    let low = bounds.range.lowerBound
    let high = bounds.range.upperBound
    let width = UInt64(bitPattern: Int64(high &- low))
    let kind = next() >> 56
    if kind < 48 {
      switch below(8) {
      case 0, 1: return low
      case 2, 3: return high
      case 4: return low + 1
      case 5: return high - 1
      case 6: return bounds.simplest
      default: return bounds.clamped(bounds.simplest < high ? bounds.simplest + 1 : low)
      }
    }
    if width < 1024 { return low + Int(below(width + 1)) }
    if kind < 64 { return bounds.clamped(Self.turningPoints[below(Self.turningPoints.count)]) }
    let bitCount = kind < 176 ? 1 + below(12) : 1 + below(64 - width.leadingZeroBitCount)
    let distance = bitCount == 64 ? next() : below(1 << UInt64(bitCount))
    let isDown = bounds.simplest == high || (bounds.simplest > low && below(2) == 0)
    let room = UInt64(
      bitPattern: Int64(isDown ? bounds.simplest &- low : high &- bounds.simplest)
    )
    let step = Int(truncatingIfNeeded: distance <= room ? distance : distance % (room &+ 1))
    return isDown ? bounds.simplest &- step : bounds.simplest &+ step
  }

  /// Where machine numbers come to their limits.
  private static let turningPoints: [Int] = [
    127, 128, 255, 256, 32767, 32768, 65535, 65536, 2_147_483_647, 2_147_483_648, 4_294_967_295,
    4_294_967_296, 9_007_199_254_740_991, 9_007_199_254_740_992, 9_223_372_036_854_775_807, -1,
    -128,
    -32768, -2_147_483_648, -2_147_483_649, -9_007_199_254_740_991, -9_007_199_254_740_992,
    -9_223_372_036_854_775_808,
  ]

  /// A length: mostly short, often one of the bounds.
  mutating func length(within lengths: ClosedRange<Int>) -> Int {
    let low = lengths.lowerBound
    let width = lengths.upperBound - low
    guard width > 0 else { return low }
    switch next() >> 56 {
    case 0..<8: return lengths.upperBound
    case 8..<24: return low
    case 24..<28: return lengths.upperBound - 1
    case 28..<36: return low + 1
    case 36..<64: return low + below(min(width, 100) + 1)
    default: return low + below(min(width, 16) + 1)
    }
  }

  /// A text within bounds: mostly letters and digits, now and then anything that Unicode has.
  mutating func string(within bounds: StringBounds) -> String {
    let length = length(within: bounds.lengths)
    guard bounds.alphabet == .all else { return string(length, from: bounds.alphabet) }
    switch next() >> 56 {
    case 0..<176: return asciiWord(length)
    case 176..<216: return string(length, from: .printableASCII)
    case 216..<240: return string(length, mixing: Self.languages)
    default: return string(length, mixing: Self.oddities)
    }
  }

  /// Letters and digits, ten from each random number.
  private mutating func asciiWord(_ length: Int) -> String {
    String(unsafeUninitializedCapacity: length) { buffer in
      var bits: UInt64 = 0
      for index in 0..<length {
        if index % 10 == 0 { bits = next() }
        buffer.initializeElement(at: index, to: Self.wordBytes[Int(bits & 63)])
        bits >>= 6
      }
      return length
    }
  }

  private static let wordBytes: [UInt8] = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ae".utf8
  )

  private mutating func string(_ length: Int, from alphabet: ScalarSet) -> String {
    let count = alphabet.count
    guard count > 0 else { return "" }
    var common = alphabet
    if count > 128 {
      let ascii = alphabet.intersection(.printableASCII)
      if !ascii.isEmpty, below(4) > 0 { common = ascii }
    }
    let commonCount = UInt64(common.count)
    return common.ranges.withUnsafeBufferPointer { ranges in
      guard let last = ranges.last, last.upperBound < 128 else {
        return String(scalarCount: length) { scalar(ranges, commonCount) }
      }
      // Eight characters from each random number: even enough for at most 128 of them.
      return String(unsafeUninitializedCapacity: length) { buffer in
        var bits: UInt64 = 0
        for index in 0..<length {
          if index & 7 == 0 { bits = next() }
          let place = UInt32(truncatingIfNeeded: ((bits & 0xFF) &* commonCount) >> 8)
          buffer.initializeElement(at: index, to: UInt8(Self.member(of: ranges, at: place)))
          bits >>= 8
        }
        return length
      }
    }
  }

  /// A scalar from ranges that hold so many.
  private mutating func scalar(
    _ ranges: UnsafeBufferPointer<ClosedRange<UInt32>>,
    _ count: UInt64
  ) -> UInt32 {
    Self.member(of: ranges, at: UInt32(below(count)))
  }

  private static func member(
    of ranges: UnsafeBufferPointer<ClosedRange<UInt32>>,
    at place: UInt32
  ) -> UInt32 {
    var rest = place
    for range in ranges {
      let size = range.upperBound - range.lowerBound + 1
      if rest < size { return range.lowerBound + rest }
      rest -= size
    }
    return 0x61
  }

  private mutating func string(_ length: Int, mixing pieces: [ClosedRange<UInt32>]) -> String {
    String(scalarCount: length) {
      let range = pieces[below(pieces.count)]
      return range.lowerBound + UInt32(below(UInt64(range.upperBound - range.lowerBound) + 1))
    }
  }

  /// Latin with accents, Greek, Cyrillic, Hebrew, Arabic, Han, kana, Hangul, and plain letters.
  private static let languages: [ClosedRange<UInt32>] = [
    0x61...0x7A, 0xC0...0xFF, 0x391...0x3A1, 0x3B1...0x3C9, 0x410...0x44F, 0x5D0...0x5EA,
    0x627...0x63A, 0x4E00...0x4EFF, 0x3041...0x3096, 0xAC00...0xACFF, 0x20...0x20,
  ]

  /// Emoji, combining marks, joiners, bidirectional marks, separators, U+0000, controls, byte order marks,
  /// quotes, noncharacters and the last code points of planes.
  private static let oddities: [ClosedRange<UInt32>] = [
    0x61...0x7A, 0x1F600...0x1F64F, 0x1F466...0x1F469, 0x300...0x36F, 0x200B...0x200F,
    0x202A...0x202E, 0x2028...0x2029, 0x00...0x00, 0x00...0x1F,
    0x7F...0x9F, 0xFEFF...0xFEFF, 0x22...0x22,
    0x5C...0x5C, 0x2F...0x2F, 0xFFFD...0xFFFF, 0x1D11E...0x1D11E, 0x2_0000...0x2_00FF,
    0x10_FFFE...0x10_FFFF, 0xE000...0xE00F, 0xDF...0xDF, 0x130...0x131,
  ]
}

extension ScalarSet {
  /// ASCII from space to tilde.
  static let printableASCII = ScalarSet([0x20...0x7E])
}
