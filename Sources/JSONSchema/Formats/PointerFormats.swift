/// `json-pointer` and `relative-json-pointer`.
///
/// Spec: RFC 6901 §3; draft-bhutton-relative-json-pointer-00 §3 (without index manipulation).
enum PointerFormats {
  static func isPointer(_ text: UnsafeBufferPointer<UInt8>) -> Bool { isPointer(text, from: 0) }

  static func isRelativePointer(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < text.count, text[index].isDigit { index += 1 }
    guard index > 0, index == 1 || text[0] != UInt8(ascii: "0") else { return false }
    if index + 1 == text.count, text[index] == UInt8(ascii: "#") { return true }
    return isPointer(text, from: index)
  }

  private static func isPointer(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    guard start < text.count else { return true }
    guard text[start] == UInt8(ascii: "/") else { return false }
    for index in start..<text.count where text[index] == UInt8(ascii: "~") {
      guard index + 1 < text.count, text[index + 1] | 1 == UInt8(ascii: "1") else { return false }
    }
    return true
  }
}
