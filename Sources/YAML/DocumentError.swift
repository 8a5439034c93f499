package import JSON

/// A file that cannot be read as a document, whatever its format.
package struct DocumentError: Error, Hashable, Sendable {
  /// The ways a file can be unusable.
  package enum Reason: Hashable, Sendable {
    /// There is no such file.
    case missing
    /// It is a folder.
    case isDirectory
    /// It may not be read, or not to its end, as the system says.
    case unreadable(String)
    /// It is larger than the limit.
    case size(bytes: Int, limit: Int)
    /// It has a byte that is not UTF-8.
    case notUTF8(UInt8)
    /// It is no JSON, as said in words.
    case json(JSONSyntaxError.Reason)
    /// It is JSON that ends in the middle, as said in words.
    case cutOff(JSONSyntaxError.Reason)
    /// It is no YAML, as said in words.
    case yaml(YAMLSyntaxError.Reason)
  }

  /// The place to blame.
  package var location: SourceLocation
  /// What is wrong there.
  package var reason: Reason

  /// Blames a place.
  package init(location: SourceLocation, reason: Reason) {
    self.location = location
    self.reason = reason
  }

  init(_ error: JSONSyntaxError, in text: [UInt8]) {
    self.init(
      location: error.location,
      reason: error.isCutOff(in: text) ? .cutOff(error.reason) : .json(error.reason)
    )
  }

  init(_ error: YAMLSyntaxError) {
    self.init(location: error.location, reason: .yaml(error.reason))
  }
}

extension DocumentError: CustomStringConvertible {
  /// One line: where, what was found, what would have worked.
  ///
  /// A file that cannot be read at all has no line and column.
  package var description: String {
    switch reason {
    case .missing, .isDirectory, .unreadable, .size: "\(location.file): error: \(reason)"
    case .notUTF8, .json, .cutOff, .yaml: "\(location): error: \(reason)"
    }
  }
}

extension DocumentError.Reason: CustomStringConvertible {
  /// The summary after `error:`.
  package var description: String {
    switch self {
    case .missing: "there is no such file"
    case .isDirectory: "this is a folder; expected a file"
    case .unreadable(let words): "the file cannot be read: \(words)"
    case .size(let bytes, let limit): "\(bytes) bytes, more than the limit of \(limit)"
    case .notUTF8(let byte):
      "byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8; save the file as UTF-8"
    case .json(let reason): reason.description
    case .cutOff(let reason): "the file is cut off: \(reason)"
    case .yaml(let reason): reason.description
    }
  }
}
