/// The texts that are semantic versions.
///
/// Spec: Semantic Versioning 2.0.0, §2, §9, §10.
enum SemanticVersion {
  /// Whether the text is a version such as `1.2.3-rc.1+build`.
  static func isValid(_ text: String) -> Bool {
    let withoutBuild = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    if withoutBuild.count == 2, !areIdentifiers(withoutBuild[1], allowsLeadingZeros: true) {
      return false
    }
    let parts = withoutBuild[0].split(
      separator: "-",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    if parts.count == 2, !areIdentifiers(parts[1], allowsLeadingZeros: false) { return false }
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 3 && numbers.allSatisfy { isNumber($0) && UInt64($0) != nil }
  }

  private static func areIdentifiers(_ text: Substring, allowsLeadingZeros: Bool) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { identifier in
      guard !identifier.isEmpty, identifier.utf8.allSatisfy(isIdentifierByte) else { return false }
      return allowsLeadingZeros || !identifier.utf8.allSatisfy(isDigit) || isNumber(identifier)
    }
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isDigit) && (text == "0" || text.utf8.first != 0x30)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isIdentifierByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "-")
  }
}
