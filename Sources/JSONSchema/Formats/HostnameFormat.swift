/// `hostname`: labels of letters, digits and hyphens; a label in Punycode must be a real one.
///
/// Spec: RFC 1123 §2.1; RFC 5890 §2.3.2.1 (A-labels).
enum HostnameFormat {
  /// How long a name may be, dots included.
  static let maximumLength = 253
  /// How long a label may be.
  static let maximumLabelLength = 63

  static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !text.isEmpty, text.count <= maximumLength else { return false }
    var start = 0
    for index in 0...text.count where index == text.count || text[index] == UInt8(ascii: ".") {
      guard isLabel(UnsafeBufferPointer(rebasing: text[start..<index])) else { return false }
      start = index + 1
    }
    return true
  }

  private static func isLabel(_ label: UnsafeBufferPointer<UInt8>) -> Bool {
    guard isPlainLabel(label) else { return false }
    guard hasPunycodePrefix(label) else { return true }
    return InternationalHostname.scalars(ofALabel: label).map(InternationalLabel.isValid) ?? false
  }

  /// Whether a label has the right length and characters.
  static func isPlainLabel(_ label: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = label.first, let last = label.last, label.count <= maximumLabelLength,
      first != UInt8(ascii: "-"), last != UInt8(ascii: "-")
    else { return false }
    return label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
  }

  /// Whether a label begins with `xn--`, in any case.
  static func hasPunycodePrefix(_ label: UnsafeBufferPointer<UInt8>) -> Bool {
    label.count >= 4 && label[0] | 0x20 == UInt8(ascii: "x") && label[1] | 0x20 == UInt8(ascii: "n")
      && label[2] == UInt8(ascii: "-") && label[3] == UInt8(ascii: "-")
  }
}
