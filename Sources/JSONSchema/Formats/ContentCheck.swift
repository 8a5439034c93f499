import JSON

/// What `contentEncoding` and `contentMediaType` demand of a string where they judge.
///
/// Known are `base64` and JSON media types; others judge nothing.
///
/// Spec: draft-07 Validation §8.3, §8.4; RFC 4648 §4.
struct ContentCheck: Sendable {
  let encoding: String?
  let mediaType: String?

  /// The keyword that a string breaks, or `nil` when it is fine.
  func brokenKeyword(_ text: [UInt8]) -> String? {
    var content = text
    if encoding == "base64" {
      guard let decoded = Self.decodeBase64(text) else { return "contentEncoding" }
      content = decoded
    } else if let encoding, !["7bit", "8bit", "binary"].contains(encoding.lowercased()) {
      return nil
    }
    guard isJSON, (try? JSONDocument(parsing: content)) == nil else { return nil }
    return "contentMediaType"
  }

  private var isJSON: Bool {
    guard let mediaType else { return false }
    let type = mediaType.prefix { $0 != ";" }.lowercased()
    return type == "application/json" || type.hasSuffix("+json")
  }

  /// The bytes that a text in base64 stands for, or `nil` when it is none.
  private static func decodeBase64(_ text: [UInt8]) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
    guard padding < 2 || text[text.count - 2] == UInt8(ascii: "=") else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    for (index, byte) in text.enumerated() {
      let isPadding = index >= text.count - padding
      guard let value = isPadding ? 0 : sextet(byte) else { return nil }
      bits = bits << 6 | value
      if index % 4 == 3 {
        bytes += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
        bits = 0
      }
    }
    bytes.removeLast(padding)
    return bytes
  }

  private static func sextet(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
