/// The ASCII form of labels beyond ASCII.
///
/// Spec: RFC 3492.
enum Punycode {
  private static let base = 36
  private static let tMin = 1
  private static let tMax = 26
  private static let skew = 38
  private static let damp = 700
  private static let initialBias = 72
  private static let initialN = 0x80

  /// The scalars of an encoded text, without the prefix `xn--`.
  ///
  /// - Returns: `nil` when it encodes nothing.
  ///
  /// Spec: RFC 3492 §6.2.
  static func decode(_ text: some Collection<UInt8>) -> [UInt32]? {
    let text = Array(text)
    var output: [UInt32] = []
    var index = 0
    if let delimiter = text.lastIndex(of: UInt8(ascii: "-")) {
      output = text[..<delimiter].map(UInt32.init)
      index = delimiter + 1
    }
    var n = initialN
    var i = 0
    var bias = initialBias
    while index < text.count {
      let previous = i
      var weight = 1
      var k = base
      while true {
        guard index < text.count, let digit = digit(text[index]) else { return nil }
        index += 1
        i += digit * weight
        let threshold = min(max(k - bias, tMin), tMax)
        if digit < threshold { break }
        weight *= base - threshold
        guard weight < 1 << 40, i < 1 << 40 else { return nil }
        k += base
      }
      let count = output.count + 1
      bias = adapt(i - previous, count, isFirst: previous == 0)
      n += i / count
      i %= count
      guard n <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(n)) else { return nil }
      output.insert(scalar.value, at: i)
      i += 1
    }
    return output
  }

  /// The encoded form of some scalars, without the prefix `xn--`.
  ///
  /// Spec: RFC 3492 §6.3.
  static func encode(_ input: [UInt32]) -> [UInt8] {
    var output = input.filter { $0 < 0x80 }.map { UInt8($0) }
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var n = initialN
    var delta = 0
    var bias = initialBias
    while handled < input.count {
      guard let next = input.filter({ Int($0) >= n }).min() else { break }
      delta += (Int(next) - n) * (handled + 1)
      n = Int(next)
      for scalar in input {
        if Int(scalar) < n { delta += 1 }
        guard Int(scalar) == n else { continue }
        var q = delta
        var k = base
        while true {
          let threshold = min(max(k - bias, tMin), tMax)
          if q < threshold { break }
          output.append(letter(threshold + (q - threshold) % (base - threshold)))
          q = (q - threshold) / (base - threshold)
          k += base
        }
        output.append(letter(q))
        bias = adapt(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return output
  }

  private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / count
    var k = 0
    while delta > (base - tMin) * tMax / 2 {
      delta /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * delta / (delta + skew)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    if byte.isLetter { return Int(byte | 0x20) - 0x61 }
    return byte.isDigit ? Int(byte) - 0x30 + 26 : nil
  }

  private static func letter(_ digit: Int) -> UInt8 {
    UInt8(digit < 26 ? digit + 0x61 : digit - 26 + 0x30)
  }
}
