package import JSON

/// The documents that references may lead to.
///
/// Nothing is ever fetched: a reference to a document that was not handed in is a problem of the
/// schema. The metaschemas of all dialects are known without being added.
package struct SchemaRegistry: Sendable {
  /// One document that was handed in.
  struct Entry: Sendable {
    let uri: String
    let value: JSONValue
    let dialect: SchemaDialect?
  }

  private(set) var entries: [Entry] = []
  private var positions: [ByteKey: Int] = [:]

  /// Starts empty.
  package init() {}

  /// Hands in a document.
  ///
  /// It is also found by the `$id` of its root and of the schemas inside it. A document of the same
  /// URI is replaced.
  ///
  /// - Parameters:
  ///   - value: The document; its root need not be a schema.
  ///   - uri: Where the document is; a fragment is dropped.
  ///   - dialect: What a root without `$schema` is written in; `nil` for the compiler's dialect.
  package mutating func add(_ value: JSONValue, uri: String, dialect: SchemaDialect? = nil) {
    let plain = Self.normalised(uri)
    let entry = Entry(uri: plain, value: value, dialect: dialect)
    if let position = positions[ByteKey(plain)] {
      entries[position] = entry
    } else {
      positions[ByteKey(plain)] = entries.count
      entries.append(entry)
    }
  }

  /// The URIs of all documents, in the order in which they were added.
  package var uris: [String] { entries.map(\.uri) }

  /// The document at a URI without fragment.
  func entry(at uri: String) -> Entry? { positions[ByteKey(uri)].map { entries[$0] } }

  /// The form in which URIs are compared: without fragment and without dot segments.
  static func normalised(_ uri: String) -> String {
    URIReference(uri).resolved(against: URIReference("")).withoutFragment.description
  }
}
