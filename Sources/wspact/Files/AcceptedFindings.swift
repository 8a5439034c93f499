import Contract
import Session

/// Findings that a team has accepted: a file with a signature a line.
///
/// A remark begins its line with `#`, or follows two spaces and `#`.
struct AcceptedFindings {
  /// The file, as named.
  let file: String
  /// What is accepted.
  private(set) var signatures: Set<String> = []
  /// The lines as they stand.
  private var lines: [String] = []

  /// Reads the file.
  ///
  /// - Parameters:
  ///   - file: Its path.
  ///   - mayBeMissing: Whether no file is the same as an empty one.
  /// - Throws: ``Problem`` when it cannot be read.
  init(reading file: String, mayBeMissing: Bool) throws {
    self.file = file
    guard let bytes = DocumentFiles.bytes(file) else {
      guard mayBeMissing, !DocumentFiles.exists(file) else {
        throw Problem("cannot read '\(file)'; --update-baseline makes the file")
      }
      return
    }
    lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    if lines.last == "" { lines.removeLast() }
    for line in lines {
      let signature = Self.withoutRemark(line)
      if !signature.isEmpty { signatures.insert(signature) }
    }
  }

  private static func withoutRemark(_ line: String) -> String {
    guard !line.hasPrefix("#") else { return "" }
    let end = line.firstRange(of: "  #")?.lowerBound ?? line.endIndex
    // Within a signature white space stays as it is: an empty part leaves two spaces.
    let text = line[..<end].drop { $0.isWhitespace }
    return text.lastIndex { !$0.isWhitespace }.map { String(text[...$0]) } ?? ""
  }

  /// Adds what was found, each with its sentence as a remark, and writes the file.
  ///
  /// - Returns: How many are new.
  func write(adding findings: [Finding]) throws -> Int {
    let new = findings.filter { !$0.signature.isEmpty && !signatures.contains($0.signature) }
    let text = (lines + new.map { "\($0.signature)  # \($0.message)" })
      .map { $0 + "\n" }.joined()
    try WholeFile.write(Array(text.utf8), to: file)
    return new.count
  }
}
