import Contract
import JSON

/// Reads the name and version that a document gives itself.
///
/// Spec: AsyncAPI 3.0 "Info Object".
struct InfoReader {
  private let root: DocumentNode

  init(_ root: DocumentNode) { self.root = root }

  /// Title and version; empty, with a warning, where there are none.
  func read() -> (title: String, version: String) {
    guard let info = root.member("info") else {
      if root.raw("info") == nil { root.warn("the document has no 'info' with title and version") }
      return ("", "")
    }
    guard case .object = info.value else {
      info.error("'info' must be a mapping, found \(info.value.found)")
      return ("", "")
    }
    return (text("title", of: info), text("version", of: info))
  }

  private func text(_ name: String, of info: DocumentNode) -> String {
    guard let node = info.raw(name) else {
      info.warn("'info' has no '\(name)'")
      return ""
    }
    // Without quotes, a version such as `1.0` is a number.
    if let number = node.value.numberValue { return number.text }
    return info.text(name) ?? ""
  }
}
