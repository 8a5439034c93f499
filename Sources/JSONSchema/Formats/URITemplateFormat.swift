/// `uri-template`.
///
/// Spec: RFC 6570 §2.
enum URITemplateFormat {
  static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "{"):
        guard let end = text[index...].firstIndex(of: UInt8(ascii: "}")),
          isExpression(text[(index + 1)..<end])
        else { return false }
        index = end + 1
      case UInt8(ascii: "%"):
        guard index + 2 < text.count, text[index + 1].isHexadecimal,
          text[index + 2].isHexadecimal
        else { return false }
        index += 3
      case 0x80...:
        let (scalar, length) = URIFormat.scalar(text, at: index)
        guard URIFormat.isInternationalCharacter(scalar) || URIFormat.isPrivate(scalar) else {
          return false
        }
        index += length
      case let byte:
        guard isLiteral(byte) else { return false }
        index += 1
      }
    }
    return true
  }

  /// Spec: RFC 6570 §2.1, with the apostrophe of erratum 6937.
  private static func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case ...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"),
      UInt8(ascii: "}"):
      false
    default:
      true
    }
  }

  /// What stands between braces: an operator and variables.
  ///
  /// Spec: RFC 6570 §2.2-§2.4; operators that are reserved for the future are refused.
  private static func isExpression(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = text
    if let first = rest.first, "+#./;?&".utf8.contains(first) { rest = rest.dropFirst() }
    return rest.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .allSatisfy(isVariable)
  }

  private static func isVariable(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var name = text
    if name.last == UInt8(ascii: "*") {
      name = name.dropLast()
    } else if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
      let length = name[(colon + 1)...]
      guard (1...4).contains(length.count), length.allSatisfy(\.isDigit),
        length.first != UInt8(ascii: "0")
      else { return false }
      name = name[..<colon]
    }
    return isName(name)
  }

  /// Characters with single dots between them.
  private static func isName(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var index = text.startIndex
    var isAfterDot = true
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: ".") {
        guard !isAfterDot else { return false }
        isAfterDot = true
        index += 1
        continue
      }
      isAfterDot = false
      if byte == UInt8(ascii: "%") {
        guard index + 2 < text.endIndex, text[index + 1].isHexadecimal,
          text[index + 2].isHexadecimal
        else { return false }
        index += 3
      } else {
        guard byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") else { return false }
        index += 1
      }
    }
    return !isAfterDot
  }
}
