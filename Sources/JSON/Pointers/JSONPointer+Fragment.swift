extension JSONPointer {
  /// Reads the form that stands behind the `#` of a reference, where bytes may be written as `%7E`.
  ///
  /// Spec: RFC 6901 §6.
  ///
  /// - Returns: `nil` when the text is no pointer, or its escapes are not hexadecimal or not UTF-8.
  package init?(fragment: String) {
    var bytes: [UInt8] = []
    var iterator = fragment.utf8.makeIterator()
    while let byte = iterator.next() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = iterator.next().flatMap(Self.hexadecimalValue),
        let low = iterator.next().flatMap(Self.hexadecimalValue)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self.init(text)
  }

  /// The form that stands behind the `#` of a reference.
  ///
  /// Spec: RFC 6901 §6; RFC 3986 §3.5.
  package var fragment: String {
    let plain = Set("-._~!$&'()*+,;=:@/?".utf8)
    var text: [UInt8] = []
    for byte in description.utf8 {
      let isAlphanumeric =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      if isAlphanumeric || plain.contains(byte) {
        text.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += (byte < 0x10 ? "%0" : "%").utf8
        text += digits.utf8
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte & 0x0F
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
      (byte & 0x0F) + 9
    default: nil
    }
  }
}
