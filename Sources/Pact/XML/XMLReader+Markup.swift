extension XMLReader {
  // MARK: Markup that matching passes over

  /// Spec: XML 1.0 §2.8 `XMLDecl`; the encoding is always UTF-8 here, whatever it says.
  mutating func skipDeclaration() throws(XMLSyntaxError) {
    position += 5
    skipSpace()
    try expect("version", "'version'")
    let version = try pseudoAttribute()
    guard version.utf8.starts(with: "1.".utf8), version.utf8.count > 2,
      version.utf8.dropFirst(2).allSatisfy({ (0x30...0x39).contains($0) })
    else { throw error(.unexpected(found: "version '\(version)'", expected: "version '1.0'")) }
    for name in ["encoding", "standalone"] {
      let hasSpace = isSpace(at: position)
      skipSpace()
      guard hasSpace || isSpace(at: position - 1), starts(with: name) else { continue }
      position += name.utf8.count
      let value = try pseudoAttribute()
      if name == "standalone", value != "yes", value != "no" {
        throw error(.unexpected(found: "standalone '\(value)'", expected: "'yes' or 'no'"))
      }
      if name == "encoding", !Self.isEncodingName(value) {
        throw error(.unexpected(found: "encoding '\(value)'", expected: "a name such as 'UTF-8'"))
      }
    }
    skipSpace()
    try expect("?>", "'?>'")
  }

  /// Spec: XML 1.0 §4.3.3 `EncName`.
  private static func isEncodingName(_ text: String) -> Bool {
    let letters = text.utf8.first.map { (0x61...0x7A).contains($0 | 0x20) } ?? false
    return letters
      && text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
          || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
      }
  }

  private mutating func pseudoAttribute() throws(XMLSyntaxError) -> String {
    skipSpace()
    try expect("=", "'='")
    skipSpace()
    return try quoted()
  }

  /// The text between quotes, taken as it is.
  private mutating func quoted() throws(XMLSyntaxError) -> String {
    let quote = try self.quote()
    let start = position
    while position < bytes.count, bytes[position] != quote { position += 1 }
    guard position < bytes.count else { throw error(.unterminated("quotes"), at: start - 1) }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The quote that begins here.
  mutating func quote() throws(XMLSyntaxError) -> UInt8 {
    guard position < bytes.count,
      bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'")
    else { throw unexpected("a value in quotes") }
    defer { position += 1 }
    return bytes[position]
  }

  /// Spec: XML 1.0 §2.5 `Comment`: no `--` inside.
  mutating func skipComment() throws(XMLSyntaxError) {
    let start = position
    position += 4
    guard let end = offset(of: "--") else { throw error(.unterminated("a comment"), at: start) }
    position = end
    guard starts(with: "-->") else { throw unexpected("no '--' in a comment") }
    position += 3
  }

  /// Spec: XML 1.0 §2.6 `PI`; Namespaces in XML 1.0 §7 (no colon in its target).
  mutating func skipInstruction() throws(XMLSyntaxError) {
    let start = position
    position += 2
    let target = try qualifiedName("the target of an instruction")
    guard target.prefix == nil, target.local.lowercased() != "xml" else {
      throw error(
        .unexpected(found: "<?\(target.text)", expected: "another target"),
        at: start
      )
    }
    guard starts(with: "?>") || isSpace(at: position) else { throw unexpected("'?>'") }
    guard let end = offset(of: "?>") else {
      throw error(.unterminated("an instruction"), at: start)
    }
    position = end + 2
  }

  /// Passes over the declaration with everything in it.
  ///
  /// Only what is needed to find its end is looked at: quotes, comments, instructions and brackets.
  ///
  /// Spec: XML 1.0 §2.8 `doctypedecl`.
  mutating func skipDocumentType() throws(XMLSyntaxError) {
    let start = position
    position += 9
    guard isSpace(at: position) else { throw unexpected("white space") }
    skipSpace()
    _ = try qualifiedName("the name of the root element")
    var isInside = false
    var isInDeclaration = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try quoted()
      case UInt8(ascii: "["):
        guard !isInside else { throw unexpected("a declaration") }
        isInside = true
        position += 1
      case UInt8(ascii: "]"):
        guard isInside, !isInDeclaration else { throw unexpected("'>'") }
        isInside = false
        position += 1
      case UInt8(ascii: "<"):
        guard isInside, !isInDeclaration else { throw unexpected("'>'") }
        if starts(with: "<!--") {
          try skipComment()
        } else if starts(with: "<?") {
          try skipInstruction()
        } else {
          try expect("<!", "a declaration")
          isInDeclaration = true
        }
      case UInt8(ascii: ">"):
        position += 1
        if !isInside { return }
        guard isInDeclaration else { throw unexpected("a declaration") }
        isInDeclaration = false
      default: position += 1
      }
    }
    throw error(.unterminated("the document type declaration"), at: start)
  }
}
