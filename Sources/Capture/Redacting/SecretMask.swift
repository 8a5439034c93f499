import JSON

/// What stands in the place of a secret: a text of the same form that says nothing.
///
/// Letters become `x`, digits `0`, all else and the length stay, and a number at the end tells one
/// secret from another. UUIDs stay UUIDs, hexadecimal texts hexadecimal.
enum SecretMask {
  /// A text in the place of a secret one.
  ///
  /// - Parameters:
  ///   - text: The secret.
  ///   - number: Which secret of the recording it is, from 1.
  ///   - keepsPrefix: Whether the part up to the last `_`, `-`, `.` or `:` stays, as some schemas ask
  ///     for one (`sk_live_...`).
  /// - Returns: The mask; a text without letters and digits stays as it is.
  static func text(for text: String, number: Int, keepsPrefix: Bool = false) -> String {
    if UUIDText.isUUID(text) { return UUIDText.numbered(number, like: text) }
    let isHexadecimal = text.utf8.count >= 8 && text.allSatisfy(\.isHexDigit)
    var scalars = Array(text.unicodeScalars)
    let separators = "_-.:".unicodeScalars
    var begin = 0
    if keepsPrefix, let last = scalars.lastIndex(where: { separators.contains($0) }) {
      begin = last + 1
    }
    for index in begin..<scalars.count {
      scalars[index] = mask(scalars[index], isHexadecimal: isHexadecimal)
    }
    write(number, into: &scalars, from: begin)
    return String(String.UnicodeScalarView(scalars))
  }

  /// A number of the same form: as many digits, of which the last ones tell it from others.
  static func number(for number: JSONNumber, number count: Int) -> JSONNumber {
    var isFirst = true
    var scalars = number.text.unicodeScalars.prefix { $0 != "e" && $0 != "E" }.map { scalar in
      guard ("0"..."9").contains(scalar) else { return scalar }
      defer { isFirst = false }
      return isFirst && number.text.count > 1 ? "1" : "0" as Unicode.Scalar
    }
    // The first digit is left, so that the number keeps its length.
    write(count, into: &scalars, from: scalars.count > 1 ? 1 : 0)
    return JSONNumber(String(String.UnicodeScalarView(scalars))) ?? JSONNumber(0)
  }

  private static func mask(_ scalar: Unicode.Scalar, isHexadecimal: Bool) -> Unicode.Scalar {
    switch scalar {
    case "0"..."9": "0"
    case "a"..."z": isHexadecimal ? "a" : "x"
    case "A"..."Z": isHexadecimal ? "A" : "X"
    case _ where scalar.isASCII: scalar
    default: "x"
    }
  }

  /// Writes a number over the last digits; where there are too few, over letters in base 26.
  private static func write(_ number: Int, into scalars: inout [Unicode.Scalar], from begin: Int) {
    var rest = number
    for index in scalars.indices.reversed() where index >= begin && rest > 0 {
      switch scalars[index] {
      case "0":
        scalars[index] = Unicode.Scalar(UInt8(0x30 + rest % 10))
        rest /= 10
      case "x", "X", "a", "A":
        // Hexadecimal letters leave six values, others all of the alphabet.
        let isSmall = scalars[index] == "x" || scalars[index] == "a"
        let count = scalars[index] == "x" || scalars[index] == "X" ? 26 : 6
        scalars[index] = Unicode.Scalar(UInt8((isSmall ? 0x61 : 0x41) + rest % count))
        rest /= count
      default: continue
      }
    }
  }
}
