import Contract
import JSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DocumentFiles {
  /// A transcript or journal.
  ///
  /// - Throws: Every line that is no event, with its place.
  static func transcript(_ path: String) throws(DiagnosticsError) -> ReadTranscript {
    guard let bytes = bytes(path) else {
      throw DiagnosticsError(at: SourceLocation(file: path), "the file cannot be read")
    }
    return try Transcript.read(bytes, file: path)
  }

  /// The bytes of a file, or `nil` when it cannot be read.
  static func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map { Array($0) }
  }

  /// The names in a folder; `nil` when it is none.
  static func names(in folder: String) -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: folder)
  }

  /// Whether there is something at a path.
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
