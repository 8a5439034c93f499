package import JSON

/// One way in which a value breaks a schema.
package struct SchemaViolation: Hashable, Sendable {
  /// The value to blame, in the document that was judged.
  package var instance: JSONPointer
  /// The keyword that was broken, in the document of ``schemaURI``.
  package var schema: JSONPointer
  /// The document of the schema as it was handed in; empty when it came without a URI.
  package var schemaURI: String
  /// The keyword that was broken; `false` for a Boolean schema.
  package var keyword: String
  /// What would have been right, such as `an integer of at least 18`.
  package var expected: String
  /// What was found, such as `17`.
  package var actual: String
  /// The alternative of `anyOf` or `oneOf` that the value was measured by, if one had to be chosen.
  package var alternative: String?
  /// The whole sentence, such as `/age: expected an integer of at least 18, found 17`.
  package var message: String

  /// Describes a violation.
  package init(
    instance: JSONPointer,
    schema: JSONPointer,
    schemaURI: String,
    keyword: String,
    expected: String,
    actual: String,
    alternative: String? = nil,
    message: String
  ) {
    self.instance = instance
    self.schema = schema
    self.schemaURI = schemaURI
    self.keyword = keyword
    self.expected = expected
    self.actual = actual
    self.alternative = alternative
    self.message = message
  }
}

extension SchemaViolation: CustomStringConvertible {
  /// The sentence.
  package var description: String { message }
}
