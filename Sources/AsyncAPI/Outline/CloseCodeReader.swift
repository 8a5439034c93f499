import Contract
import JSON

/// Reads `x-wspact-close-codes`: the codes with which the provider closes connections, and when.
///
///     x-wspact-close-codes:
///       "4401": The token is missing or wrong.
///       "4408": {description: No pong came in time.}
///
/// Spec: RFC 6455 §7.4.
struct CloseCodeReader {
  static let name = "x-wspact-close-codes"

  /// The codes of a document, in ascending order.
  func read(_ root: DocumentNode) -> [CloseCodeDescription] {
    guard let node = root.raw(Self.name) else { return [] }
    guard case .object(let object) = node.value else {
      node.error(
        "'\(Self.name)' must be a mapping such as {4401: the token is wrong}, found "
          + node.value.found
      )
      return []
    }
    return object.members
      .compactMap { code(node.child($0.value, $0.name)) }
      .sorted { $0.code < $1.code }
  }

  private func code(_ node: DocumentNode) -> CloseCodeDescription? {
    guard let code = UInt16(node.key), (1000...4999).contains(code) else {
      node.keyError("'\(node.key)' is no close code; expected a number from 1000 to 4999")
      return nil
    }
    // Spec: RFC 6455 §7.4.1.
    guard ![1004, 1005, 1006, 1015].contains(code) else {
      node.keyError("the close code \(code) is never sent; it only stands for what a peer saw")
      return nil
    }
    let summary = node.value["description"] ?? node.value["summary"] ?? node.value
    guard let text = summary.stringValue else {
      node.error("a close code must have a text that says when it is used, found \(summary.found)")
      return nil
    }
    return CloseCodeDescription(code: code, summary: text)
  }
}
