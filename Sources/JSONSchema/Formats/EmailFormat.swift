/// `email` and `idn-email`.
///
/// Spec: RFC 5321 §4.1.2 (`Mailbox`), §4.5.3.1.1 (length of the local part); RFC 6531 §3.3.
enum EmailFormat {
  /// How long the part before `@` may be, in octets.
  static let maximumLocalLength = 64

  static func matches(_ text: UnsafeBufferPointer<UInt8>, isInternational: Bool) -> Bool {
    guard let at = text.lastIndex(of: UInt8(ascii: "@")), at > 0, at <= maximumLocalLength,
      at + 1 < text.count
    else { return false }
    let local = UnsafeBufferPointer(rebasing: text[..<at])
    let domain = UnsafeBufferPointer(rebasing: text[(at + 1)...])
    let isLocal =
      local[0] == UInt8(ascii: "\"")
      ? isQuoted(local, isInternational) : isDotted(local, isInternational)
    return isLocal && (isLiteral(domain) || isDomain(domain, isInternational))
  }

  /// Atoms with single dots between them.
  private static func isDotted(
    _ text: UnsafeBufferPointer<UInt8>,
    _ isInternational: Bool
  ) -> Bool {
    var isAfterDot = true
    for byte in text {
      if byte == UInt8(ascii: ".") {
        if isAfterDot { return false }
        isAfterDot = true
      } else {
        guard isAtom(byte) || (isInternational && byte >= 0x80) else { return false }
        isAfterDot = false
      }
    }
    return !isAfterDot
  }

  /// Spec: RFC 5322 §3.2.3 (`atext`).
  private static func isAtom(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="),
      UInt8(ascii: "?"), UInt8(ascii: "^")...UInt8(ascii: "`"),
      UInt8(ascii: "{")...UInt8(ascii: "~"):
      true
    default:
      byte.isLetter || byte.isDigit
    }
  }

  private static func isQuoted(
    _ text: UnsafeBufferPointer<UInt8>,
    _ isInternational: Bool
  ) -> Bool {
    guard text.count >= 2 else { return false }
    var index = 1
    while index < text.count - 1 {
      let byte = text[index]
      if byte == UInt8(ascii: "\\") {
        index += 1
        guard index < text.count - 1, (0x20...0x7E).contains(text[index]) else { return false }
      } else if byte >= 0x80 {
        guard isInternational else { return false }
      } else if !(0x20...0x7E).contains(byte) || byte == UInt8(ascii: "\"") {
        return false
      }
      index += 1
    }
    return index == text.count - 1 && text[index] == UInt8(ascii: "\"")
  }

  private static func isDomain(
    _ text: UnsafeBufferPointer<UInt8>,
    _ isInternational: Bool
  ) -> Bool {
    guard text.count <= 255 else { return false }
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { label in
        guard let first = label.first, let last = label.last, first != UInt8(ascii: "-"),
          last != UInt8(ascii: "-"), label.count <= 63 || isInternational
        else { return false }
        return label.allSatisfy { byte in
          byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-")
            || (isInternational && byte >= 0x80)
        }
      }
  }

  /// An address in brackets.
  ///
  /// Spec: RFC 5321 §4.1.3.
  private static func isLiteral(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count > 2, text[0] == UInt8(ascii: "["), text[text.count - 1] == UInt8(ascii: "]")
    else { return false }
    let address = UnsafeBufferPointer(rebasing: text[1..<(text.count - 1)])
    let prefix = "ipv6:"
    if address.count > prefix.utf8.count,
      zip(address, prefix.utf8).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 })
    {
      return IPAddressFormats.isIPv6(UnsafeBufferPointer(rebasing: address[prefix.utf8.count...]))
    }
    return IPAddressFormats.isIPv4(address)
  }
}
