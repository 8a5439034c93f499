/// A text that is not well-formed XML: where, and why.
///
/// Spec: XML 1.0 (Fifth Edition) §2.1, §4.3.2; Namespaces in XML 1.0 §6, §7.
package struct XMLSyntaxError: Error, Hashable, Sendable {
  /// The ways a text can be wrong.
  package enum Reason: Hashable, Sendable {
    /// Something else was expected, as said in words.
    case unexpected(found: String, expected: String)
    /// The text ends inside of something.
    case unterminated(String)
    /// A byte that is not UTF-8.
    case invalidUTF8
    /// A character that XML does not allow, by number.
    case character(UInt32)
    /// An end tag that does not close the element that is open.
    case mismatchedEndTag(found: String, expected: String)
    /// Two attributes of one name.
    case duplicateAttribute(String)
    /// A prefix that no element around declares.
    case unknownPrefix(String)
    /// A declaration that Namespaces in XML forbids.
    case reservedNamespace(String)
    /// A reference to an entity that is not one of the five of XML.
    case unknownEntity(String)
    /// A character reference that names no character.
    case characterReference(String)
    /// The root element is missing.
    case noElement
    /// Something after the root element.
    case trailingContent
    /// `]]>` in text.
    case sectionEndInText
    /// More elements in each other than the limit.
    case nesting(limit: Int)
  }

  /// The place to blame, in bytes from the start.
  package var byteOffset: Int
  /// The line of that place, from 1.
  package var line: Int
  /// The column of that place in characters, from 1.
  package var column: Int
  /// What is wrong there.
  package var reason: Reason
}

extension XMLSyntaxError: CustomStringConvertible {
  /// `line 1, column 5: ...`.
  package var description: String { "line \(line), column \(column): \(reason)" }
}

extension XMLSyntaxError.Reason: CustomStringConvertible {
  /// What was found and what would have worked.
  package var description: String {
    switch self {
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .unterminated(let what): "the text ends inside \(what)"
    case .invalidUTF8: "a byte that is not UTF-8"
    case .character(let number): "XML does not allow the character U+\(Self.hex(number))"
    case .mismatchedEndTag(let found, let expected): "found </\(found)>, expected </\(expected)>"
    case .duplicateAttribute(let name): "the attribute '\(name)' stands here a second time"
    case .unknownPrefix(let prefix): "the prefix '\(prefix)' is not declared"
    case .reservedNamespace(let text): "\(text) must not be declared"
    case .unknownEntity(let name):
      "the entity '\(name)' is none of lt, gt, amp, apos, quot; others are not expanded"
    case .characterReference(let text): "'&\(text);' names no character that XML allows"
    case .noElement: "no element was found"
    case .trailingContent: "something follows the root element"
    case .sectionEndInText: "found ']]>' in text, expected ']]&gt;'"
    case .nesting(let limit): "more than \(limit) elements are in each other"
    }
  }

  private static func hex(_ number: UInt32) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
