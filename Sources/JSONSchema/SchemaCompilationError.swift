package import JSON

/// Something wrong with a schema, located.
package struct SchemaProblem: Hashable, Sendable {
  /// The document as it was handed in; empty for a schema that was handed in without a URI.
  package var documentURI: String
  /// The value to blame.
  package var pointer: JSONPointer
  /// What is wrong, in lower case and without a full stop.
  package var message: String

  /// Describes a problem.
  package init(documentURI: String, pointer: JSONPointer, message: String) {
    self.documentURI = documentURI
    self.pointer = pointer
    self.message = message
  }
}

extension SchemaProblem: CustomStringConvertible {
  /// `uri#pointer: message`.
  package var description: String { "\(documentURI)#\(pointer): \(message)" }
}

/// A schema that cannot be used as it stands.
package struct SchemaCompilationError: Error, Hashable, Sendable {
  /// All problems; at least one.
  package var problems: [SchemaProblem]

  /// Takes what is wrong.
  package init(problems: [SchemaProblem]) { self.problems = problems }
}

extension SchemaCompilationError: CustomStringConvertible {
  /// A line for each problem.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
