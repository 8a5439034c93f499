package import JSON

/// Something that a schema says about a value without judging it.
///
/// Spec: 2020-12 Core §7.7.
package struct SchemaAnnotation: Hashable, Sendable {
  /// The value, in the document that was judged.
  package var instance: JSONPointer
  /// The schema that says so, in the document of ``schemaURI``.
  package var schema: JSONPointer
  /// The document of the schema as it was handed in; empty when it came without a URI.
  package var schemaURI: String
  /// The keyword, such as `title`, or an unknown one.
  package var keyword: String
  /// The keyword's value.
  package var value: JSONValue
}
