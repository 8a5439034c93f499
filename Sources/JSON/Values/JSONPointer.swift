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
    left.tokens.elementsEqual(right.tokens) { $0.utf8.elementsEqual($1.utf8) }
  }

  /// Hashes what `==` compares.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(tokens.count)
    for token in tokens {
      for byte in token.utf8 { hasher.combine(byte) }
      hasher.combine(UInt8(0xFF))
    }
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

extension JSONValue {
  /// The value at a path.
  ///
  /// Array steps are plain decimal indexes without leading zeros; `-` points past the end, at
  /// nothing.
  ///
  /// Spec: RFC 6901 §4.
  ///
  /// - Returns: `nil` where the path leads nowhere.
  package subscript(pointer: JSONPointer) -> JSONValue? {
    var value = self
    for token in pointer.tokens {
      switch value {
      case .object(let object):
        guard let next = object[token] else { return nil }
        value = next
      case .array(let items):
        guard let index = Self.arrayIndex(token), items.indices.contains(index) else { return nil }
        value = items[index]
      default:
        return nil
      }
    }
    return value
  }

  /// The index that a reference token names, or `nil` when it is not one.
  package static func arrayIndex(_ token: String) -> Int? {
    guard token.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(token),
      token == "0" || token.utf8.first != UInt8(ascii: "0")
    else { return nil }
    return index
  }
}
