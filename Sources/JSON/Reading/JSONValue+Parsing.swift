extension JSONValue {
  /// Reads one value from a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package static func parse(
    _ bytes: some Collection<UInt8>,
    file: String = "<json>",
    options: JSONReaderOptions = .strict
  ) throws(JSONSyntaxError) -> JSONValue {
    try JSONDocument(parsing: Array(bytes), file: file, options: options).value
  }

  /// Reads one value from a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package static func parse(
    _ text: String,
    file: String = "<json>",
    options: JSONReaderOptions = .strict
  ) throws(JSONSyntaxError) -> JSONValue {
    try JSONDocument(parsing: text, file: file, options: options).value
  }
}
