import Contract
import JSON
import JSONSchema

/// Something in every text of a case that programs like to lose on the way: what was written with it
/// has to be read with it.
enum Texture: Int, Sendable, Hashable, CaseIterable {
  case none
  /// U+0000, where texts of C end.
  case zero
  /// Characters beyond 16 bits, and one that takes several of them.
  case wide
  /// What quotes and escapes in most languages.
  case quoting

  private var mark: String {
    switch self {
    case .none: ""
    case .zero: "\u{0}"
    case .wide: "\u{1F600}\u{10FFFD}e\u{301}"
    case .quoting: "\"'\\`%;<&"
    }
  }

  /// A message with the mark in each of its texts whose schema has room for it.
  ///
  /// A text that has it stays as it is. So do names of kinds and things, which the mark would change
  /// into others.
  ///
  /// - Parameters:
  ///   - value: The message.
  ///   - message: What it is.
  /// - Returns: A valid message.
  func applied(to value: JSONValue, _ message: MessageDefinition) -> JSONValue {
    guard self != .none else { return value }
    var changed = value
    value.visitLeaves { pointer, leaf in
      guard case .string(let text) = leaf, !text.contains(mark), pointer != message.correlation,
        pointer != message.identity?.pointer, !Self.isName(pointer)
      else { return }
      let before = changed
      let middle = text.index(text.startIndex, offsetBy: text.count / 2)
      let marked = String(text[..<middle]) + mark + String(text[middle...])
      guard changed.set(.string(marked), at: pointer), message.payload.isValid(changed) else {
        changed = before
        return
      }
    }
    return changed
  }

  private static func isName(_ pointer: JSONPointer) -> Bool {
    guard let name = pointer.tokens.last(where: { JSONValue.arrayIndex($0) == nil }) else {
      return false
    }
    let word = name.lowercased()
    return ["id", "ids", "key", "token", "type", "uuid", "ref"].contains { word.hasSuffix($0) }
  }
}
