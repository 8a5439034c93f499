extension JSONValue {
  /// Reads one value from a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package static func parse(
    _ bytes: some Collection<UInt8>,
    file: String = "<json>",
    options: JSONReaderOptions = .strict
  ) throws(JSONSyntaxError) -> JSONValue {
    try JSONParser.reading(bytes.count, file, options) { parser throws(JSONSyntaxError) in
      try parser.withTape(of: Array(bytes)) { $0.value(of: 0) }
    }
  }

  /// Reads one value from a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package static func parse(
    _ text: String,
    file: String = "<json>",
    options: JSONReaderOptions = .strict
  ) throws(JSONSyntaxError) -> JSONValue {
    try JSONParser.reading(text.utf8.count, file, options) { parser throws(JSONSyntaxError) in
      try parser.withTape(of: text) { $0.value(of: 0) }
    }
  }
}
