/// The rules for one label in Unicode.
///
/// Normalisation form C is not checked.
///
/// Spec: RFC 5891 §4.2.3; RFC 5892.
enum InternationalLabel {
  static func isValid(_ label: [UInt32]) -> Bool {
    guard let first = label.first, let last = label.last, first != hyphen, last != hyphen,
      !(label.count >= 4 && label[2] == hyphen && label[3] == hyphen),
      !isMark(first), label.indices.allSatisfy({ isAllowed(label, $0) })
    else { return false }
    return !label.contains(where: BidirectionalRule.isRightToLeft)
      || BidirectionalRule.isSatisfied(label)
  }

  private static let hyphen: UInt32 = 0x2D

  private static func isMark(_ scalar: UInt32) -> Bool {
    switch category(scalar) {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func properties(_ scalar: UInt32) -> Unicode.Scalar.Properties? {
    Unicode.Scalar(scalar)?.properties
  }

  private static func category(_ scalar: UInt32) -> Unicode.GeneralCategory? {
    properties(scalar)?.generalCategory
  }

  /// Whether a scalar may stand where it stands.
  ///
  /// Spec: RFC 5892 §2, §3, Appendix A.
  private static func isAllowed(_ label: [UInt32], _ index: Int) -> Bool {
    let scalar = label[index]
    switch scalar {
    case hyphen, 0x30...0x39, 0x61...0x7A: return true
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
    case 0x200C: return isAfterVirama(label, index) || joinsLetters(label, index)
    case 0x200D: return isAfterVirama(label, index)
    case 0xB7: return neighbour(label, index - 1) == 0x6C && neighbour(label, index + 1) == 0x6C
    case 0x375: return neighbour(label, index + 1).map(greek.contains) ?? false
    case 0x5F3, 0x5F4: return neighbour(label, index - 1).map(hebrew.contains) ?? false
    case 0x30FB: return label.contains { $0 != 0x30FB && japanese.contains($0) }
    case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0) }
    case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0) }
    default: return isProtocolValid(scalar)
    }
  }

  private static func isProtocolValid(_ scalar: UInt32) -> Bool {
    switch scalar {
    // Blocks that are ignored, and Hangul letters that are no syllables.
    case 0x20D0...0x20FF, 0x1D100...0x1D24F, 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF:
      return false
    default: break
    }
    guard let properties = properties(scalar), !properties.changesWhenNFKCCaseFolded,
      !properties.isDefaultIgnorableCodePoint, !properties.isNoncharacterCodePoint
    else { return false }
    switch properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .decimalNumber,
      .nonspacingMark, .spacingMark:
      return true
    default:
      return false
    }
  }

  private static func neighbour(_ label: [UInt32], _ index: Int) -> UInt32? {
    label.indices.contains(index) ? label[index] : nil
  }

  private static func isAfterVirama(_ label: [UInt32], _ index: Int) -> Bool {
    neighbour(label, index - 1).flatMap(properties)?.canonicalCombiningClass == .virama
  }

  /// Whether a non-joiner stands between letters that would join.
  ///
  /// Spec: RFC 5892 Appendix A.1.
  private static func joinsLetters(_ label: [UInt32], _ index: Int) -> Bool {
    let before = label[..<index].last { JoiningType(of: $0) != .transparent }
    let after = label[(index + 1)...].first { JoiningType(of: $0) != .transparent }
    guard let left = before.map(JoiningType.init(of:)),
      let right = after.map(JoiningType.init(of:))
    else { return false }
    return (left == .left || left == .dual) && (right == .right || right == .dual)
  }

  private static func script(_ names: String...) -> ScalarSet {
    names.reduce(into: ScalarSet.none) { set, name in
      set = set.union(UnicodeScripts.set(named: name, withExtensions: false) ?? .none)
    }
  }

  private static let greek = script("Greek")
  private static let hebrew = script("Hebrew")
  private static let japanese = script("Hiragana", "Katakana", "Han")
}
