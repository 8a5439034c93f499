/// A reader for many texts, one after the other.
///
/// It finds the nodes of every text in the same memory, so that a stream of small messages is read
/// without allocating; a document gets a copy of its own.
package struct JSONParser {
  private var storage: TapeStorage
  /// The file that errors and locations name.
  package var file: String
  /// The limits, and what is accepted.
  package var options: JSONReaderOptions

  /// Starts without memory.
  package init(file: String = "<json>", options: JSONReaderOptions = .strict) {
    self.init(file: file, options: options, storage: TapeStorage())
  }

  private init(file: String, options: JSONReaderOptions, storage: TapeStorage) {
    self.file = file
    self.options = options
    self.storage = storage
  }

  /// Lends out a parser for one text of this size.
  static func reading<Result>(
    _ byteCount: Int,
    _ file: String,
    _ options: JSONReaderOptions,
    _ body: (inout JSONParser) throws(JSONSyntaxError) -> Result
  ) throws(JSONSyntaxError) -> Result {
    var parser = JSONParser(
      file: file,
      options: options,
      storage: SpareStorage.take(byteCapacity: byteCount)
    )
    defer { SpareStorage.keep(parser.storage) }
    return try body(&parser)
  }

  /// Parses a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package mutating func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONDocument {
    bytes.withUnsafeBufferPointer { load($0) }
    try scan()
    return JSONDocument(TapeSnapshot(storage), file: file)
  }

  /// Parses a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError)
    -> JSONDocument
  {
    load(bytes)
    try scan()
    return JSONDocument(TapeSnapshot(storage), file: file)
  }

  /// Parses a text.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package mutating func parse(_ text: String) throws(JSONSyntaxError) -> JSONDocument {
    var text = text
    text.withUTF8 { load($0) }
    try scan()
    return JSONDocument(TapeSnapshot(storage), file: file)
  }

  /// Parses a text and hands out its nodes, which must not leave the closure: the cheapest way.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package mutating func withTape<Result>(
    of bytes: UnsafeBufferPointer<UInt8>,
    _ body: (JSONTape) -> Result
  ) throws(JSONSyntaxError) -> Result {
    load(bytes)
    try scan()
    return body(storage.tape)
  }

  /// Parses a text and hands out its nodes, which must not leave the closure: the cheapest way.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package mutating func withTape<Result>(
    of bytes: [UInt8],
    _ body: (JSONTape) -> Result
  ) throws(JSONSyntaxError) -> Result {
    bytes.withUnsafeBufferPointer { load($0) }
    try scan()
    return body(storage.tape)
  }

  /// Parses a text and hands out its nodes, which must not leave the closure: the cheapest way.
  ///
  /// - Throws: ``JSONSyntaxError`` when the text is not JSON or passes a limit.
  package mutating func withTape<Result>(
    of text: String,
    _ body: (JSONTape) -> Result
  ) throws(JSONSyntaxError) -> Result {
    var text = text
    text.withUTF8 { load($0) }
    try scan()
    return body(storage.tape)
  }

  private mutating func load(_ bytes: UnsafeBufferPointer<UInt8>) {
    // A copy of the parser reads in memory of its own.
    if !isKnownUniquelyReferenced(&storage) { storage = TapeStorage(byteCapacity: bytes.count) }
    storage.load(bytes)
  }

  private func scan() throws(JSONSyntaxError) {
    guard storage.text.count <= options.maximumBytes else {
      throw JSONSyntaxError(
        location: SourceLocation(file: file),
        byteOffset: 0,
        reason: .size(bytes: storage.text.count, limit: options.maximumBytes)
      )
    }
    var scanner = JSONScanner(storage, options: options)
    if let failure = scanner.scan() { throw error(failure, at: scanner.offset) }
  }

  private func error(_ failure: JSONScanner.Failure, at offset: Int) -> JSONSyntaxError {
    let diagnosis = SyntaxDiagnosis(text: storage.text, options: options)
    let blame = diagnosis.diagnose(failure, at: offset)
    return JSONSyntaxError(
      location: SourceLocation(file: file, byteOffset: blame.offset, in: storage.text),
      byteOffset: blame.offset,
      reason: blame.reason
    )
  }
}
