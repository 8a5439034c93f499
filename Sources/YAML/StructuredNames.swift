import JSON
import Yams

/// Looks for names that are no plain text before aliases are resolved.
///
/// The parser compares names with all they contain, so a name made of aliases of aliases would keep
/// it busy without end. Only texts with anchors and aliases are looked at.
struct StructuredNames {
  let text: String
  let file: String

  /// The error for the first name that is a list, a mapping or an alias; `nil` when there is none.
  func error() -> YAMLSyntaxError? {
    guard begins(UInt8(ascii: "&")), begins(UInt8(ascii: "*")) else { return nil }
    // A character for private use in the place of the asterisk makes each alias plain text.
    let withoutAliases = text.split(separator: "*", omittingEmptySubsequences: false)
      .joined(separator: "\u{E000}")
    // What is wrong in other ways is told by reading the text as it is.
    guard let root = (try? YAMLReader.compose(withoutAliases)) ?? nil else { return nil }
    var pending = [root]
    while let node = pending.popLast() {
      switch node {
      case .sequence(let sequence):
        pending += sequence
      case .mapping(let mapping):
        for (key, value) in mapping {
          if let error = check(key) { return error }
          pending.append(value)
        }
      case .scalar, .alias:
        continue
      }
    }
    return nil
  }

  /// Whether a character stands where it may begin an anchor or alias: not in or after a word, and
  /// before a letter or the like.
  private func begins(_ mark: UInt8) -> Bool {
    func isWord(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
    }
    var previous: (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      if previous.1 == mark, !isWord(previous.0) {
        let isName = isWord(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        if isName { return true }
      }
      previous = (previous.1, byte)
    }
    return false
  }

  private func check(_ key: Node) -> YAMLSyntaxError? {
    let location = SourceLocation(
      file: file,
      line: key.mark?.line ?? 1,
      column: key.mark?.column ?? 1
    )
    guard let scalar = key.scalar else {
      return YAMLSyntaxError(location: location, reason: .structuredName)
    }
    guard scalar.style == .plain, scalar.string.hasPrefix("\u{E000}") else { return nil }
    return YAMLSyntaxError(location: location, reason: .aliasName)
  }
}
