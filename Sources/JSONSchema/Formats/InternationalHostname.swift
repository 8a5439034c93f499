/// `idn-hostname`: labels in ASCII, in Punycode or in Unicode.
///
/// Spec: RFC 5890 §2.3.2, RFC 5891 §4.2, §5; RFC 3490 §3.1 (full stops).
enum InternationalHostname {
  static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value)
    guard !scalars.isEmpty, scalars.count <= HostnameFormat.maximumLength else { return false }
    var labels: [[UInt32]] = []
    var length = -1
    for part in scalars.split(omittingEmptySubsequences: false, whereSeparator: isFullStop) {
      guard let label = label(Array(part)) else { return false }
      length += label.encodedLength + 1
      labels.append(label.scalars)
    }
    guard length <= HostnameFormat.maximumLength else { return false }
    guard labels.contains(where: BidirectionalRule.isRightToLeft) else { return true }
    return labels.allSatisfy(BidirectionalRule.isSatisfied)
  }

  private static func isFullStop(_ scalar: UInt32) -> Bool {
    [0x2E, 0x3002, 0xFF0E, 0xFF61].contains(scalar)
  }

  /// A label in Unicode with the length of its ASCII form, or `nil` when it is none.
  private static func label(_ scalars: [UInt32]) -> (scalars: [UInt32], encodedLength: Int)? {
    guard scalars.contains(where: { $0 >= 0x80 }) else {
      return scalars.map { UInt8($0) }.withUnsafeBufferPointer { bytes in
        guard HostnameFormat.isPlainLabel(bytes) else { return nil }
        guard HostnameFormat.hasPunycodePrefix(bytes) else { return (scalars, scalars.count) }
        guard let decoded = self.scalars(ofALabel: bytes), InternationalLabel.isValid(decoded)
        else { return nil }
        return (decoded, scalars.count)
      }
    }
    let length = Punycode.encode(scalars).count + 4
    guard length <= HostnameFormat.maximumLabelLength, InternationalLabel.isValid(scalars) else {
      return nil
    }
    return (scalars, length)
  }

  /// What a label in Punycode stands for.
  ///
  /// - Returns: `nil` when that is nothing, plain ASCII, or has another Punycode form.
  ///
  /// Spec: RFC 5891 §5.4 (round trip).
  static func scalars(ofALabel label: UnsafeBufferPointer<UInt8>) -> [UInt32]? {
    let encoded = label.dropFirst(4)
    guard !encoded.isEmpty, let scalars = Punycode.decode(encoded),
      scalars.contains(where: { $0 >= 0x80 })
    else { return nil }
    let again = Punycode.encode(scalars)
    return again.map { $0 | 0x20 }.elementsEqual(encoded.map { $0 | 0x20 }) ? scalars : nil
  }
}
