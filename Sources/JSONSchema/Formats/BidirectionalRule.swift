/// The rule for labels with letters that are written from right to left.
///
/// Classes are derived from blocks and general categories, which is exact for the characters that
/// labels may contain.
///
/// Spec: RFC 5893 §2; Unicode Standard Annex #9, table 4.
enum BidirectionalRule {
  private enum Class {
    case left, right, arabicLetter, arabicNumber, europeanNumber, nonspacing, neutral
  }

  /// Whether a label makes its name a right-to-left name.
  static func isRightToLeft(_ label: [UInt32]) -> Bool { label.contains(where: isRightToLeft) }

  /// Whether a scalar makes its label a right-to-left label.
  static func isRightToLeft(_ scalar: UInt32) -> Bool {
    switch bidiClass(scalar) {
    case .right, .arabicLetter, .arabicNumber: true
    default: false
    }
  }

  /// Whether a label of a right-to-left name is in order.
  static func isSatisfied(_ label: [UInt32]) -> Bool {
    let classes = label.map(bidiClass)
    guard let first = classes.first, let last = classes.last(where: { $0 != .nonspacing }) else {
      return false
    }
    switch first {
    case .right, .arabicLetter:
      guard !classes.contains(.left), last != .neutral else { return false }
      return !(classes.contains(.europeanNumber) && classes.contains(.arabicNumber))
    case .left:
      let forbidden: [Class] = [.right, .arabicLetter, .arabicNumber]
      return !classes.contains(where: forbidden.contains) && last != .neutral
    default:
      return false
    }
  }

  private static func bidiClass(_ scalar: UInt32) -> Class {
    switch scalar {
    case 0x30...0x39, 0x6F0...0x6F9: return .europeanNumber
    case 0x660...0x669, 0x66B...0x66C, 0x10D30...0x10D39: return .arabicNumber
    case 0x2D, 0x200C, 0x200D: return .neutral
    case ..<0x80: return .left
    default: break
    }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return .nonspacing
    default: break
    }
    if arabicLetters.contains(scalar) { return .arabicLetter }
    return rightToLeftLetters.contains(scalar) ? .right : .left
  }

  private static let arabicLetters = ScalarSet([
    0x600...0x7BF, 0x860...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF, 0x10D00...0x10D3F,
    0x10F30...0x10F6F, 0x1EC70...0x1ECBF, 0x1ED00...0x1ED4F, 0x1EE00...0x1EEFF,
  ])

  private static let rightToLeftLetters = ScalarSet([
    0x590...0x5FF, 0x7C0...0x85F, 0xFB1D...0xFB4F, 0x10800...0x10CFF, 0x10D40...0x10F2F,
    0x10F70...0x10FFF, 0x1E800...0x1EC6F, 0x1ECC0...0x1ECFF, 0x1ED50...0x1EDFF, 0x1EF00...0x1EFFF,
  ])
}
