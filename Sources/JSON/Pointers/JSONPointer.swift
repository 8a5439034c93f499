/// A path into a JSON value; its tokens compare by their bytes.
///
/// Spec: RFC 6901.
package struct JSONPointer: Sendable {
  /// The unescaped reference tokens; none for the whole document.
  package var tokens: [String]

  /// The whole document.
  package static let root = JSONPointer(tokens: [])

  /// Takes unescaped tokens.
  package init(tokens: [String]) { self.tokens = tokens }

  /// Reads the string form: empty, or tokens that each begin with `/`, where `~1` is `/` and `~0` is
  /// `~`.
  ///
  /// - Returns: `nil` when the text does not begin with `/` or has a `~` that escapes nothing.
  package init?(_ text: String) {
    guard !text.isEmpty else {
      self = .root
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for raw in text.utf8.dropFirst().split(
      separator: UInt8(ascii: "/"),
      omittingEmptySubsequences: false
    ) {
      guard let token = Self.unescape(raw) else { return nil }
      tokens.append(token)
    }
    self.tokens = tokens
  }

  /// This path and one more step into an object.
  package func appending(_ name: String) -> JSONPointer { JSONPointer(tokens: tokens + [name]) }

  /// This path and one more step into an array.
  package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  /// This path and then the steps of another.
  package func appending(_ rest: JSONPointer) -> JSONPointer {
    JSONPointer(tokens: tokens + rest.tokens)
  }

  /// Whether this is the whole document.
  package var isRoot: Bool { tokens.isEmpty }

  /// Whether this path leads to what another leads to, or to a part of that.
  package func starts(with other: JSONPointer) -> Bool {
    tokens.count >= other.tokens.count
      && zip(tokens, other.tokens).allSatisfy { $0.hasSameBytes(as: $1) }
  }

  /// The path one step up; the root stays the root.
  package var parent: JSONPointer { JSONPointer(tokens: Array(tokens.dropLast())) }

  private static func unescape(_ raw: Substring.UTF8View) -> String? {
    var bytes: [UInt8] = []
    var iterator = raw.makeIterator()
    while let byte = iterator.next() {
      guard byte == UInt8(ascii: "~") else {
        bytes.append(byte)
        continue
      }
      switch iterator.next() {
      case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension JSONPointer: Hashable {
  /// Whether all tokens have the same bytes.
  package static func == (left: JSONPointer, right: JSONPointer) -> Bool {
    left.tokens.elementsEqual(right.tokens) { $0.hasSameBytes(as: $1) }
  }

  /// Hashes what `==` compares.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(tokens.count)
    for token in tokens { token.hashBytes(into: &hasher) }
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The string form; empty for the whole document.
  package var description: String {
    tokens.map { token in
      var escaped = "/"
      for character in token.unicodeScalars {
        switch character {
        case "~": escaped += "~0"
        case "/": escaped += "~1"
        default: escaped.unicodeScalars.append(character)
        }
      }
      return escaped
    }.joined()
  }
}
