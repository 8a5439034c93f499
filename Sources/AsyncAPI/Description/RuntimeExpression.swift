import JSON

/// A place in a message that is only known at run time.
///
/// Spec: AsyncAPI 3.0 "Runtime Expression".
enum RuntimeExpression: Hashable {
  /// A place in the headers, which messages of a WebSocket do not have.
  case header(JSONPointer)
  /// A place in the payload.
  case payload(JSONPointer)

  /// Reads `$message.payload#/id` and the like; `nil` for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let pointer = JSONPointer(parts.count > 1 ? String(parts[1]) : "") else { return nil }
    switch parts.first {
    case "$message.header": self = .header(pointer)
    case "$message.payload": self = .payload(pointer)
    default: return nil
    }
  }
}
