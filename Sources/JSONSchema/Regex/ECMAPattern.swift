/// A regular expression as JSON Schema means it: an ECMA-262 pattern with flag `u`, searched for
/// anywhere in a text.
///
/// Patterns without look-around and backreferences match in time linear in the text. The others are
/// tried out with a limit on the work. One value may be used from any number of threads.
///
/// Spec: ECMA-262 §22.2, JSON Schema 2020-12 Core §6.4.
package struct ECMAPattern: Sendable {
  /// The text of the pattern.
  package let source: String
  /// Its syntax tree.
  package let tree: PatternNode

  private let matcher: PatternMatcher

  /// Reads a pattern.
  ///
  /// - Throws: ``ECMAPatternError`` with the place and the reason.
  package init(_ source: String) throws(ECMAPatternError) {
    var parser = PatternParser(source)
    self.source = source
    tree = try parser.parse()
    matcher = PatternMatcher(tree)
  }

  /// Searches a text given as well-formed UTF-8.
  package func verdict(onUTF8 bytes: UnsafeBufferPointer<UInt8>) -> MatchVerdict {
    matcher.verdict(onUTF8: bytes)
  }

  /// Searches a text.
  package func verdict(on text: String) -> MatchVerdict {
    let fast = text.utf8.withContiguousStorageIfAvailable { verdict(onUTF8: $0) }
    return fast ?? Array(text.utf8).withUnsafeBufferPointer { verdict(onUTF8: $0) }
  }

  /// Whether the pattern certainly occurs in the text; `false` also when that is too costly to say.
  package func isMatch(_ text: String) -> Bool { verdict(on: text) == .matches }
}

extension ECMAPattern: Hashable {
  /// Whether both have the same text, byte for byte.
  package static func == (left: ECMAPattern, right: ECMAPattern) -> Bool {
    left.source.utf8.elementsEqual(right.source.utf8)
  }

  /// Hashes what `==` compares.
  package func hash(into hasher: inout Hasher) {
    for byte in source.utf8 { hasher.combine(byte) }
  }
}
