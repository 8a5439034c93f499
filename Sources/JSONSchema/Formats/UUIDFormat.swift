/// `uuid`.
///
/// Spec: RFC 4122 §3; any version and variant.
enum UUIDFormat {
  static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count == 36 else { return false }
    for index in 0..<36 {
      let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
      guard isHyphen ? text[index] == UInt8(ascii: "-") : text[index].isHexadecimal else {
        return false
      }
    }
    return true
  }
}
