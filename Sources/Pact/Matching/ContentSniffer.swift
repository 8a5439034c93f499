import Contract
import JSON

/// Tells the media type of bytes by how they begin.
///
/// It knows fewer types than the official engine, which asks two large databases: those that travel
/// over sockets in practice.
enum ContentSniffer {
  private static let signatures: [(prefix: [UInt8], offset: Int, type: String)] = [
    ([0x89, 0x50, 0x4E, 0x47], 0, "image/png"),
    ([0xFF, 0xD8, 0xFF], 0, "image/jpeg"),
    (Array("GIF8".utf8), 0, "image/gif"),
    (Array("WEBP".utf8), 8, "image/webp"),
    (Array("BM".utf8), 0, "image/bmp"),
    (Array("%PDF-".utf8), 0, "application/pdf"),
    ([0x50, 0x4B, 0x03, 0x04], 0, "application/zip"),
    ([0x1F, 0x8B], 0, "application/gzip"),
    (Array("OggS".utf8), 0, "audio/ogg"),
    (Array("ID3".utf8), 0, "audio/mpeg"),
    (Array("WAVE".utf8), 8, "audio/x-wav"),
    (Array("ftyp".utf8), 4, "video/mp4"),
    ([0x1A, 0x45, 0xDF, 0xA3], 0, "video/webm"),
    ([0x00, 0x61, 0x73, 0x6D], 0, "application/wasm"),
  ]

  /// The type of some bytes.
  static func mediaType(of bytes: [UInt8]) -> String {
    for signature in signatures
    where bytes.dropFirst(signature.offset).starts(with: signature.prefix) {
      return signature.type
    }
    guard let text = String(validating: bytes, as: UTF8.self), !text.contains("\0") else {
      return "application/octet-stream"
    }
    if let document = try? JSONDocument(parsing: text), document.nodeCount > 0 {
      return "application/json"
    }
    let start = text.drop { $0.isWhitespace }.lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return "text/html" }
    return start.hasPrefix("<?xml") ? "application/xml" : "text/plain"
  }

  /// Whether a text without a type is XML: it says so, or begins with an element and is well-formed.
  static func isXML(_ text: String) -> Bool {
    let start = text.utf8.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard start.first == UInt8(ascii: "<") else { return false }
    return start.starts(with: "<?xml ".utf8) || (try? XMLTree(parsing: text)) != nil
  }

  /// The bytes of a JSON value: those a string holds in base64, else its text.
  static func data(of value: JSONValue) -> [UInt8] {
    value.stringValue.flatMap(Base64.decode) ?? Array(value.matchableText.utf8)
  }

  /// Why bytes are not of a type, or `nil` when they are.
  static func objection(to bytes: [UInt8], as type: String) -> Objection? {
    let found = mediaType(of: bytes)
    let base = type.prefix { $0 != ";" }.lowercased()
    return found == base ? nil : Objection("found data of type \(found), expected \(type)")
  }
}
