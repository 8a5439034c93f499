extension XMLReader {
  // MARK: Names

  /// Reads a name with at most one prefix.
  ///
  /// Spec: XML 1.0 §2.3 `Name`; Namespaces in XML 1.0 §4 `QName`.
  mutating func qualifiedName(_ what: String) throws(XMLSyntaxError) -> XMLQualifiedName {
    let first = try plainName(what)
    guard starts(with: ":") else { return XMLQualifiedName(prefix: nil, local: first) }
    position += 1
    let second = try plainName("a name after the colon")
    guard !starts(with: ":") else { throw unexpected("a name with one colon") }
    return XMLQualifiedName(prefix: first, local: second)
  }

  /// Spec: Namespaces in XML 1.0 §4 `NCName`.
  private mutating func plainName(_ what: String) throws(XMLSyntaxError) -> String {
    let start = position
    guard let first = scalar(), first.value.startsXMLName else { throw unexpected(what) }
    while let next = scalar(), next.value.continuesXMLName {
      position += UTF8.width(next)
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  // MARK: Text

  /// A run of characters up to markup or a reference, line ends as line feeds.
  ///
  /// Spec: XML 1.0 §2.4 `CharData`, §2.11 (line ends).
  mutating func characters() throws(XMLSyntaxError) -> String {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "<"),
      bytes[position] != UInt8(ascii: "&")
    {
      if bytes[position] == UInt8(ascii: "]"), starts(with: "]]>") {
        throw error(.sectionEndInText)
      }
      position += 1
    }
    return Self.text(bytes[start..<position])
  }

  /// Spec: XML 1.0 §2.7 `CDSect`.
  mutating func section() throws(XMLSyntaxError) -> String {
    let start = position
    position += 9
    guard let end = offset(of: "]]>") else {
      throw error(.unterminated("a CDATA section"), at: start)
    }
    defer { position = end + 3 }
    return Self.text(bytes[position..<end])
  }

  /// Reads a value in quotes; each white space character is a space.
  ///
  /// Spec: XML 1.0 §2.3 `AttValue`, §3.3.3.
  mutating func attributeValue() throws(XMLSyntaxError) -> String {
    let start = position
    let quote = try self.quote()
    var value: [UInt8] = []
    while position < bytes.count {
      switch bytes[position] {
      case quote:
        position += 1
        return String(decoding: value, as: UTF8.self)
      case UInt8(ascii: "<"): throw unexpected("'&lt;' in a value")
      case UInt8(ascii: "&"): value += Array(try reference().utf8)
      case 0x0D:
        position += starts(with: "\r\n") ? 2 : 1
        value.append(0x20)
      case 0x09, 0x0A:
        position += 1
        value.append(0x20)
      case let byte:
        position += 1
        value.append(byte)
      }
    }
    throw error(.unterminated("quotes"), at: start)
  }

  /// What a reference stands for: one character.
  ///
  /// Spec: XML 1.0 §4.1 `CharRef`, `EntityRef`, §4.6 (predefined entities).
  mutating func reference() throws(XMLSyntaxError) -> String {
    let start = position
    position += 1
    if starts(with: "#") { return try characterReference(from: start) }
    let name = try qualifiedName("the name of an entity, or '&amp;'").text
    try expect(";", "';'")
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "apos": return "'"
    case "quot": return "\""
    default: throw error(.unknownEntity(name), at: start)
    }
  }

  private mutating func characterReference(from start: Int) throws(XMLSyntaxError) -> String {
    position += 1
    let isHexadecimal = starts(with: "x")
    if isHexadecimal { position += 1 }
    let digits = position
    while position < bytes.count, bytes[position].isDigit(isHexadecimal: isHexadecimal) {
      position += 1
    }
    guard position > digits else { throw unexpected("digits") }
    let text = String(decoding: bytes[digits..<position], as: UTF8.self)
    try expect(";", "';'")
    guard let number = UInt32(text, radix: isHexadecimal ? 16 : 10), number.isXMLCharacter,
      let scalar = Unicode.Scalar(number)
    else {
      let shown = String(decoding: bytes[start + 1..<min(position - 1, start + 16)], as: UTF8.self)
      throw error(.characterReference(shown), at: start)
    }
    return String(Character(scalar))
  }

  /// Bytes as text with its line ends as line feeds.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(0x0D) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isAfterReturn = false
    for byte in bytes {
      if byte == 0x0D {
        result.append(0x0A)
      } else if byte != 0x0A || !isAfterReturn {
        result.append(byte)
      }
      isAfterReturn = byte == 0x0D
    }
    return String(decoding: result, as: UTF8.self)
  }

  // MARK: Characters

  /// Looks for bytes that are not UTF-8 and characters that XML does not allow.
  ///
  /// Spec: XML 1.0 §2.2 `Char`.
  func checkCharacters() throws(XMLSyntaxError) {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return
      case .error: throw error(.invalidUTF8, at: offset)
      case .scalarValue(let scalar):
        guard scalar.value.isXMLCharacter else {
          throw error(.character(scalar.value), at: offset)
        }
        offset += UTF8.width(scalar)
      }
    }
  }

  /// The character at the place, or `nil` at the end.
  func scalar() -> Unicode.Scalar? {
    guard position < bytes.count else { return nil }
    let first = bytes[position]
    if first < 0x80 { return Unicode.Scalar(first) }
    var decoder = UTF8()
    var iterator = bytes[position..<min(position + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return scalar
  }

  func isSpace(at offset: Int) -> Bool {
    offset < bytes.count && [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset])
  }

  mutating func skipSpace() {
    while isSpace(at: position) { position += 1 }
  }

  /// Whether these characters come next.
  func starts(with text: StaticString) -> Bool {
    bytes.count - position >= text.utf8CodeUnitCount
      && text.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + $0.count]) }
  }

  /// Whether this text comes next.
  func starts(with text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  /// Where a text of two or three characters comes next, from here on.
  func offset(of text: StaticString) -> Int? {
    var other = self
    while other.position < bytes.count {
      if other.starts(with: text) { return other.position }
      other.position += 1
    }
    return nil
  }

  /// Passes over a text that has to be here.
  mutating func expect(_ text: StaticString, _ words: String) throws(XMLSyntaxError) {
    guard starts(with: text) else { throw unexpected(words) }
    position += text.utf8CodeUnitCount
  }

  // MARK: Errors

  func unexpected(_ expected: String) -> XMLSyntaxError {
    error(.unexpected(found: scalar().map { "'\($0)'" } ?? "the end", expected: expected))
  }

  func error(_ reason: XMLSyntaxError.Reason, at offset: Int? = nil) -> XMLSyntaxError {
    let offset = min(offset ?? position, bytes.count)
    let before = bytes[..<offset]
    let line = before.lastIndex(of: 0x0A).map { before[($0 + 1)...] } ?? before
    return XMLSyntaxError(
      byteOffset: offset,
      line: 1 + before.count { $0 == 0x0A },
      column: 1 + line.count { $0 & 0xC0 != 0x80 },
      reason: reason
    )
  }
}

extension UInt8 {
  fileprivate func isDigit(isHexadecimal: Bool) -> Bool {
    (0x30...0x39).contains(self) || isHexadecimal && (0x61...0x66).contains(self | 0x20)
  }
}

extension UInt32 {
  /// Spec: XML 1.0 §2.2 `Char`.
  fileprivate var isXMLCharacter: Bool {
    switch self {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// Spec: XML 1.0 §2.3 `NameStartChar`, without the colon.
  fileprivate var startsXMLName: Bool {
    switch self {
    case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
      0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF,
      0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      true
    default: false
    }
  }

  /// Spec: XML 1.0 §2.3 `NameChar`, without the colon.
  fileprivate var continuesXMLName: Bool {
    switch self {
    case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: startsXMLName
    }
  }
}
