/// `ipv4` and `ipv6`.
///
/// Spec: RFC 2673 §3.2; RFC 4291 §2.2.
enum IPAddressFormats {
  /// Four decimal numbers up to 255 without leading zeros.
  static func isIPv4(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 15 else { return false }
    var parts = 0
    var index = 0
    while true {
      let start = index
      var value = 0
      while index < text.count, text[index].isDigit, index - start < 3 {
        value = value * 10 + Int(text[index] & 0x0F)
        index += 1
      }
      guard index > start, value <= 255, index - start == 1 || text[start] != UInt8(ascii: "0")
      else { return false }
      parts += 1
      if index == text.count { return parts == 4 }
      guard parts < 4, text[index] == UInt8(ascii: ".") else { return false }
      index += 1
    }
  }

  /// Eight groups, `::` for one run of zeros, and IPv4 in place of the last two groups.
  static func isIPv6(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 2, text.count <= 45 else { return false }
    var groups = 0
    var isShortened = false
    var index = 0
    if text[0] == UInt8(ascii: ":") {
      guard text[1] == UInt8(ascii: ":") else { return false }
      isShortened = true
      index = 2
      if index == text.count { return true }
    }
    while true {
      let start = index
      while index < text.count, text[index].isHexadecimal, index - start < 4 { index += 1 }
      if index < text.count, text[index] == UInt8(ascii: ".") {
        groups += 2
        return isIPv4(UnsafeBufferPointer(rebasing: text[start...]))
          && (isShortened ? groups <= 7 : groups == 8)
      }
      guard index > start else { return false }
      groups += 1
      if index == text.count { return isShortened ? groups <= 7 : groups == 8 }
      guard groups < 8, text[index] == UInt8(ascii: ":") else { return false }
      index += 1
      guard index < text.count else { return false }
      if text[index] == UInt8(ascii: ":") {
        guard !isShortened else { return false }
        isShortened = true
        index += 1
        if index == text.count { return groups <= 7 }
      }
    }
  }
}
