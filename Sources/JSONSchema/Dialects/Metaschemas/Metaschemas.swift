import JSON

/// The schemas of the schema languages, known without being handed in.
enum Metaschemas {
  /// The metaschema at a URI without fragment.
  static func document(at uri: String) -> (value: JSONValue, dialect: SchemaDialect)? {
    guard let entry = entries.first(where: { $0.uri == uri }),
      let value = try? JSONValue.parse(entry.text)
    else { return nil }
    return (value, entry.dialect)
  }

  /// The URIs of all of them.
  static var uris: [String] { entries.map(\.uri) }

  private static let entries: [(uri: String, dialect: SchemaDialect, text: String)] =
    [
      (SchemaDialect.draft4.metaschemaURI, .draft4, draft4),
      (SchemaDialect.draft6.metaschemaURI, .draft6, draft6),
      (SchemaDialect.draft7.metaschemaURI, .draft7, draft7),
    ]
    + draft2019.map { ("https://json-schema.org/draft/2019-09/" + $0.path, .draft2019_09, $0.text) }
    + draft2020.map { ("https://json-schema.org/draft/2020-12/" + $0.path, .draft2020_12, $0.text) }
}
