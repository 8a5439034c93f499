package import JSON

/// Reads a document from JSON or YAML, as its name or its first character tells.
///
/// JSON has a reader of its own, although YAML could read most of it: its messages know what is
/// meant.
package enum DocumentReader {
  /// How large a document may be: 64 MiB.
  package static let maximumBytes = 64 << 20

  /// Reads the document in a file.
  ///
  /// - Throws: ``DocumentError`` when the file cannot be read or is neither JSON nor YAML.
  package static func read(contentsOf path: String) throws(DocumentError) -> LocatedValue {
    try parse(bytes: DocumentFile(path: path).read(limit: maximumBytes), file: path)
  }

  /// Reads the document in a text.
  ///
  /// - Throws: ``DocumentError`` when the text is neither JSON nor YAML.
  package static func parse(text: String, file: String) throws(DocumentError) -> LocatedValue {
    try parse(bytes: Array(text.utf8), file: file)
  }

  /// Reads the document in a text in UTF-8, with or without a byte order mark.
  ///
  /// - Throws: ``DocumentError`` when the text is not UTF-8, or neither JSON nor YAML.
  package static func parse(bytes: [UInt8], file: String) throws(DocumentError) -> LocatedValue {
    let isNamedJSON = file.lowercased().hasSuffix(".json")
    guard isNamedJSON || beginsLikeJSON(bytes) else { return try parseYAML(bytes, file) }
    do {
      return try parseJSON(bytes, file)
    } catch {
      // `{a: 1}` is YAML all the same.
      if !isNamedJSON, let value = try? parseYAML(bytes, file) { return value }
      throw error
    }
  }

  /// Whether the first character is one that JSON documents begin with.
  private static func beginsLikeJSON(_ text: [UInt8]) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = text.dropFirst(text.starts(with: mark) ? mark.count : 0)
    let first = body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private static func parseJSON(
    _ bytes: [UInt8],
    _ file: String
  ) throws(DocumentError) -> LocatedValue {
    let options = JSONReaderOptions(allowsByteOrderMark: true)
    do {
      return LocatedValue(try JSONDocument(parsing: bytes, file: file, options: options))
    } catch {
      throw DocumentError(error, in: bytes)
    }
  }

  private static func parseYAML(
    _ bytes: [UInt8],
    _ file: String
  ) throws(DocumentError) -> LocatedValue {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw notUTF8(bytes, file: file)
    }
    do {
      return try YAMLReader.parse(text, file: file)
    } catch {
      throw DocumentError(error)
    }
  }

  /// The error for the first byte that is not UTF-8.
  private static func notUTF8(_ bytes: [UInt8], file: String) -> DocumentError {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var line = 1
    var column = 1
    var offset = 0
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        offset += String(scalar).utf8.count
        column = scalar == "\n" ? 1 : column + 1
        if scalar == "\n" { line += 1 }
      case .emptyInput, .error:
        break decoding
      }
    }
    let byte = bytes.indices.contains(offset) ? bytes[offset] : 0
    return DocumentError(
      location: SourceLocation(file: file, line: line, column: column),
      reason: .notUTF8(byte)
    )
  }
}
