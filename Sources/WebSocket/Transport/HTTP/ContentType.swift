/// What a file's name says about its contents.
///
/// Spec: the IANA media type registry; WHATWG MIME Sniffing (what is no known type is bytes).
enum ContentType {
  private static let texts = [
    "css": "text/css", "csv": "text/csv", "htm": "text/html", "html": "text/html",
    "js": "text/javascript", "md": "text/markdown", "mjs": "text/javascript", "txt": "text/plain",
    "xml": "text/xml", "yaml": "application/yaml", "yml": "application/yaml",
  ]

  private static let others = [
    "avif": "image/avif", "gif": "image/gif", "gz": "application/gzip", "ico": "image/x-icon",
    "jpeg": "image/jpeg", "jpg": "image/jpeg", "json": "application/json",
    "map": "application/json", "mp3": "audio/mpeg", "mp4": "video/mp4", "otf": "font/otf",
    "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml", "ttf": "font/ttf",
    "wasm": "application/wasm", "wav": "audio/wav", "webm": "video/webm",
    "webmanifest": "application/manifest+json", "webp": "image/webp", "woff": "font/woff",
    "woff2": "font/woff2", "zip": "application/zip",
  ]

  /// The media type of a file; `application/octet-stream` for an unknown or missing ending.
  ///
  /// Text is taken to be UTF-8.
  static func of(fileName name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return unknown }
    let ending = name[name.index(after: dot)...].lowercased()
    if let text = texts[ending] { return "\(text); charset=utf-8" }
    return others[ending] ?? unknown
  }

  private static let unknown = "application/octet-stream"
}
