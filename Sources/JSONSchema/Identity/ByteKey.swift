import JSON

/// A text as a key that is compared byte by byte.
///
/// `String` will not do: it takes a composed and a decomposed "é" for the same, JSON does not.
struct ByteKey: Hashable, Sendable {
  private var bytes: [UInt8]

  /// The key of a text.
  init(_ text: String) { bytes = Array(text.utf8) }

  /// The key of a place in a document.
  init(_ pointer: JSONPointer) {
    bytes = []
    bytes.reserveCapacity(pointer.tokens.count * 12)
    for token in pointer.tokens {
      // No text in UTF-8 has this byte, so it tells tokens apart without escapes.
      bytes.append(0xFF)
      bytes.append(contentsOf: token.utf8)
    }
  }

  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension JSONPointer {
  /// Whether both lead the same way, compared byte by byte.
  func isSame(as other: JSONPointer) -> Bool {
    tokens.count == other.tokens.count
      && zip(tokens, other.tokens).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}
