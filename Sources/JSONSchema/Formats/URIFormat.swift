/// `uri`, `uri-reference`, `iri` and `iri-reference`.
///
/// Spec: RFC 3986 Appendix A; RFC 3987 §2.2.
struct URIFormat {
  /// Whether characters beyond ASCII may stand where letters may.
  let isInternational: Bool
  /// Whether the scheme may be missing.
  let mayBeRelative: Bool

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var end = text.count
    if let hash = text.firstIndex(of: UInt8(ascii: "#")) {
      guard isText(text, hash + 1, end, Self.isQueryCharacter) else { return false }
      end = hash
    }
    if let mark = text[..<end].firstIndex(of: UInt8(ascii: "?")) {
      guard isText(text, mark + 1, end, Self.isQueryCharacter, isQuery: true) else { return false }
      end = mark
    }
    var start = 0
    if let colon = schemeEnd(text, end) {
      start = colon + 1
    } else {
      guard mayBeRelative else { return false }
      // Without a scheme the first segment must not look like one.
      let segment = text[..<end].prefix { $0 != UInt8(ascii: "/") }
      guard !segment.contains(UInt8(ascii: ":")) else { return false }
    }
    if end - start >= 2, text[start] == UInt8(ascii: "/"), text[start + 1] == UInt8(ascii: "/") {
      start += 2
      let slash = text[start..<end].firstIndex(of: UInt8(ascii: "/")) ?? end
      guard isAuthority(text, start, slash) else { return false }
      start = slash
    }
    return isText(text, start, end, Self.isPathCharacter)
  }

  /// Spec: RFC 3986 §3.1.
  private func schemeEnd(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int? {
    guard end > 0, text[0].isLetter else { return nil }
    var index = 1
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: ":") { return index }
      guard
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: ".")
      else { return nil }
      index += 1
    }
    return nil
  }

  /// Spec: RFC 3986 §3.2.
  private func isAuthority(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var start = start
    if let at = text[start..<end].firstIndex(of: UInt8(ascii: "@")) {
      guard isText(text, start, at, { Self.isNameCharacter($0) || $0 == UInt8(ascii: ":") }) else {
        return false
      }
      start = at + 1
    }
    var hostEnd = end
    if start < end, text[start] == UInt8(ascii: "[") {
      guard let bracket = text[start..<end].firstIndex(of: UInt8(ascii: "]")),
        isAddressLiteral(UnsafeBufferPointer(rebasing: text[(start + 1)..<bracket]))
      else { return false }
      hostEnd = bracket + 1
    } else {
      hostEnd = text[start..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
      guard isText(text, start, hostEnd, Self.isNameCharacter) else { return false }
    }
    guard hostEnd < end else { return true }
    return text[hostEnd] == UInt8(ascii: ":") && text[(hostEnd + 1)..<end].allSatisfy(\.isDigit)
  }

  /// Spec: RFC 3986 §3.2.2 (`IP-literal`).
  private func isAddressLiteral(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, first | 0x20 == UInt8(ascii: "v") else {
      return IPAddressFormats.isIPv6(text)
    }
    guard let dot = text.firstIndex(of: UInt8(ascii: ".")), dot > 1, dot + 1 < text.count else {
      return false
    }
    return text[1..<dot].allSatisfy(\.isHexadecimal)
      && text[(dot + 1)...].allSatisfy { byte in
        byte != UInt8(ascii: "%") && (Self.isNameCharacter(byte) || byte == UInt8(ascii: ":"))
      }
  }

  /// Whether a part has only characters of its class and whole percent-encodings.
  private func isText(
    _ text: UnsafeBufferPointer<UInt8>,
    _ start: Int,
    _ end: Int,
    _ isAllowed: (UInt8) -> Bool,
    isQuery: Bool = false
  ) -> Bool {
    var index = start
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < end, text[index + 1].isHexadecimal, text[index + 2].isHexadecimal else {
          return false
        }
        index += 3
      } else if byte >= 0x80 {
        guard isInternational else { return false }
        let (scalar, length) = Self.scalar(text, at: index)
        guard Self.isInternationalCharacter(scalar) || (isQuery && Self.isPrivate(scalar)) else {
          return false
        }
        index += length
      } else {
        guard isAllowed(byte) else { return false }
        index += 1
      }
    }
    return true
  }
}

// MARK: - Characters

extension URIFormat {
  /// `unreserved / sub-delims`.
  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
      UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&")...UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "="):
      true
    default:
      byte.isLetter || byte.isDigit
    }
  }

  /// `pchar / "/"`.
  private static func isPathCharacter(_ byte: UInt8) -> Bool {
    isNameCharacter(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@")
      || byte == UInt8(ascii: "/")
  }

  /// `pchar / "/" / "?"`.
  private static func isQueryCharacter(_ byte: UInt8) -> Bool {
    isPathCharacter(byte) || byte == UInt8(ascii: "?")
  }

  /// `ucschar`.
  ///
  /// Spec: RFC 3987 §2.2.
  static func isInternationalCharacter(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
    case 0xE0000...0xE0FFF: false
    case 0x10000...0xEFFFF: scalar & 0xFFFE != 0xFFFE
    default: false
    }
  }

  /// `iprivate`.
  ///
  /// Spec: RFC 3987 §2.2.
  static func isPrivate(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: true
    default: false
    }
  }

  /// The character beyond ASCII at a place, and how many bytes it takes.
  static func scalar(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt32, Int) {
    let first = text[index]
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard index + length <= text.count else { return (0, text.count - index) }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length { scalar = scalar << 6 | UInt32(text[index + offset] & 0x3F) }
    return (scalar, length)
  }
}
