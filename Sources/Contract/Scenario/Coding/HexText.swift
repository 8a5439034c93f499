/// Bytes as pairs of hexadecimal digits.
///
/// Spec: RFC 4648 §8.
package enum HexText {
  /// The digits of some bytes, in small letters, without anything between them.
  package static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text; white space may stand between them, and letters be large or small.
  ///
  /// - Returns: `nil` for another letter, or for half a byte.
  package static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for letter in text.utf8 {
      if let digit = Unicode.Scalar(letter).hexadecimalValue {
        if let first = high { bytes.append(first << 4 | digit) }
        high = high == nil ? digit : nil
      } else if high != nil || !" \t\r\n".utf8.contains(letter) {
        return nil
      }
    }
    return high == nil ? bytes : nil
  }
}

extension Unicode.Scalar {
  fileprivate var hexadecimalValue: UInt8? {
    switch value {
    case 0x30...0x39: UInt8(value - 0x30)
    case 0x41...0x46: UInt8(value - 0x41 + 10)
    case 0x61...0x66: UInt8(value - 0x61 + 10)
    default: nil
    }
  }
}
