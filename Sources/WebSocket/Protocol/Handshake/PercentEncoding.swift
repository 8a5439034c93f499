/// Percent-encoding in paths and queries.
///
/// Spec: RFC 3986 §2.1, §3.4.
enum PercentEncoding {
  /// A query part with everything encoded that has a meaning there.
  static func encodeQuery(_ text: String) -> String {
    encode(text) { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
      default: false
      }
    }
  }

  /// A path with only those bytes encoded that may not be in one; what is encoded stays so.
  static func encodePath(_ text: String) -> String {
    encode(text) { byte in
      byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}?#".utf8.contains(byte)
    }
  }

  private static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
    let digits = [UInt8]("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      if isKept(byte) {
        result.append(byte)
      } else {
        result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text of a query part: `+` is a space, bad escapes stay as they are.
  static func decodeQuery(_ text: Substring) -> String {
    var result: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      if byte == 0x25, bytes.count >= 2,
        let high = hexadecimal(bytes[bytes.startIndex]),
        let low = hexadecimal(bytes[bytes.startIndex + 1])
      {
        result.append(high << 4 | low)
        bytes = bytes.dropFirst(2)
      } else {
        result.append(byte == 0x2B ? 0x20 : byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The name that a part of a path stands for; nil for a bad escape or what is no UTF-8.
  static func decodePath(_ text: Substring) -> String? {
    var result: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == 0x25 else {
        result.append(byte)
        continue
      }
      guard let high = bytes.popFirst().flatMap(hexadecimal),
        let low = bytes.popFirst().flatMap(hexadecimal)
      else { return nil }
      result.append(high << 4 | low)
    }
    return String(validating: result, as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
