import Contract
import Foundation
import JSON
import YAML

/// Data to be validated: one value a file, or one a line.
struct SchemaData {
  /// How large a file may be: 1 GiB.
  static let maximumBytes = 1 << 30

  /// A value with its places, or why there is none.
  enum Item {
    /// A JSON text, whose first line is the line of the file with this number.
    case document(JSONDocument, firstLine: Int)
    /// A value from another format.
    case value(LocatedValue)
    /// What is no JSON.
    case malformed(Diagnostic)
  }

  /// The file as the user named it; `-` is standard input.
  let file: String
  /// Whether each line is a value.
  let hasLines: Bool
  private let reading: JSONReaderOptions

  /// Names a file.
  ///
  /// - Parameters:
  ///   - file: A path, or `-` for standard input.
  ///   - hasLines: Whether each line is a value; a name that ends in `.jsonl` or `.ndjson` says so too.
  ///   - maximumDepth: How deep values may be nested.
  init(_ file: String, hasLines: Bool, maximumDepth: Int) {
    self.file = file
    let name = file.lowercased()
    self.hasLines = hasLines || name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson")
    reading = JSONReaderOptions(maximumDepth: maximumDepth, allowsByteOrderMark: true)
  }

  /// The name that places carry.
  private var name: String { file == "-" ? "<stdin>" : file }

  /// Calls with each value.
  ///
  /// - Throws: `DiagnosticsError` when the file cannot be read; what `body` throws.
  func visit(_ body: (Item) throws -> Void) throws {
    let isYAML = [".yml", ".yaml"].contains { file.lowercased().hasSuffix($0) }
    if isYAML, !hasLines {
      do {
        try body(.value(DocumentReader.read(contentsOf: file)))
      } catch let error as DocumentError {
        guard case .yaml = error.reason else {
          throw DiagnosticsError(at: error.location, "\(error.reason)")
        }
        try body(.malformed(Diagnostic(.error, at: error.location, "\(error.reason)")))
      }
      return
    }
    let bytes = try read()
    guard hasLines else { return try body(item(bytes, firstLine: 1)) }
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
      try body(item(Array(line), firstLine: number))
    }
  }

  private func item(_ bytes: [UInt8], firstLine: Int) -> Item {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: bytes, file: name, options: reading)
      return .document(document, firstLine: firstLine)
    } catch {
      let place = error.location.moved(toLine: firstLine)
      return .malformed(Diagnostic(.error, at: place, "\(error.reason)"))
    }
  }

  private func read() throws(DiagnosticsError) -> [UInt8] {
    let place = SourceLocation(file: name)
    do {
      let handle =
        file == "-"
        ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: file))
      let data = try handle.read(upToCount: Self.maximumBytes + 1) ?? Data()
      guard data.count <= Self.maximumBytes else {
        throw Problem("more than the limit of \(Self.maximumBytes) bytes")
      }
      return Array(data)
    } catch let problem as Problem {
      throw DiagnosticsError(at: place, problem.summary)
    } catch {
      let isThere = FileManager.default.fileExists(atPath: file)
      let reason = isThere ? "the file cannot be read" : "there is no such file"
      throw DiagnosticsError(at: place, reason)
    }
  }
}

extension SourceLocation {
  /// The same place in a file of which the text begins at a line.
  func moved(toLine first: Int) -> SourceLocation {
    SourceLocation(file: file, line: line + first - 1, column: column)
  }
}
