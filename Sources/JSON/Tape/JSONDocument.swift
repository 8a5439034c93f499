/// A JSON text with its nodes found: the form for hot paths, where no tree is needed.
///
/// The text stays as it was, byte by byte; a node knows where it stands in it.
///
/// Spec: RFC 8259.
@usableFromInline
package struct JSONDocument: Sendable {
  @usableFromInline let snapshot: TapeSnapshot
  /// The file that errors and locations name.
  package let file: String

  init(_ snapshot: TapeSnapshot, file: String) {
    self.snapshot = snapshot
    self.file = file
  }

  /// Parses a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package init(
    parsing bytes: [UInt8],
    file: String = "<json>",
    options: JSONReaderOptions = .strict
  ) throws(JSONSyntaxError) {
    self = try JSONParser.reading(bytes.count, file, options) { parser throws(JSONSyntaxError) in
      try parser.parse(bytes)
    }
  }

  /// Parses a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package init(
    parsing text: String,
    file: String = "<json>",
    options: JSONReaderOptions = .strict
  ) throws(JSONSyntaxError) {
    let count = text.utf8.count
    self = try JSONParser.reading(count, file, options) { parser throws(JSONSyntaxError) in
      try parser.parse(text)
    }
  }

  /// Hands out the nodes; they must not leave the closure.
  @inlinable
  package func withTape<Result, Failure: Error>(
    _ body: (JSONTape) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(snapshot.memory) {} }
    return try body(snapshot.tape)
  }

  /// The whole value as a tree.
  package var value: JSONValue { withTape { $0.value(of: 0) } }

  /// The text, unchanged.
  package var bytes: [UInt8] { withText { Array($0) } }

  /// Hands out the text, unchanged; it must not leave the closure.
  package func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withExtendedLifetime(snapshot.memory) { body(snapshot.text) }
  }

  /// How many nodes the text has.
  package var nodeCount: Int { snapshot.nodeCount }
}

extension JSONDocument {
  /// The place of a byte of the text.
  package func location(atByte offset: Int) -> SourceLocation {
    withText { SourceLocation(file: file, byteOffset: offset, in: $0) }
  }

  /// The place where a node begins.
  package func location(of node: Int) -> SourceLocation {
    location(atByte: withTape { $0.offset(of: node) })
  }
}

extension SourceLocation {
  /// The place of a byte in a text.
  ///
  /// Lines end at line feeds; columns count Unicode scalars.
  init(file: String, byteOffset: Int, in text: UnsafeBufferPointer<UInt8>) {
    var line = 1
    var column = 1
    for byte in text[..<min(byteOffset, text.count)] {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(file: file, line: line, column: column)
  }
}
