import JSON

/// Where all schemas of a set of documents are, and what they are called.
///
/// Documents are read when a reference first leads to them.
struct SchemaIndex {
  /// A document and its schemas.
  struct Document {
    let uri: String
    let root: JSONValue
    /// Each schema, by its pointer.
    var places: [ByteKey: Place] = [:]

    /// The resource of the root.
    var rootResource: Int? { places[ByteKey(.root)]?.resource }
  }

  /// A schema of a document.
  struct Place {
    let value: JSONValue
    let resource: Int
  }

  /// Where a reference leads.
  struct Target {
    let document: Int
    let resource: Int
    let pointer: JSONPointer
    let value: JSONValue
  }

  /// Why a reference leads nowhere.
  enum Unresolved: Error {
    case document(String)
    case pointer(String, nearest: String?)
    case anchor(String, nearest: String?)
    case malformedFragment(String)
  }

  let registry: SchemaRegistry
  let defaultDialect: SchemaDialect
  var documents: [Document] = []
  var resources: [SchemaResource] = []
  /// Problems with identifiers, found while reading documents.
  var problems: [SchemaProblem] = []
  var documentByURI: [ByteKey: Int] = [:]
  var resourceByURI: [ByteKey: Int] = [:]
  var hasReadEverything = false

  init(registry: SchemaRegistry, defaultDialect: SchemaDialect) {
    self.registry = registry
    self.defaultDialect = defaultDialect
  }

  /// Takes in a document and finds the schemas under its root.
  @discardableResult
  mutating func add(_ root: JSONValue, uri: String, dialect: SchemaDialect?) -> Int {
    let document = documents.count
    documents.append(Document(uri: uri, root: root))
    documentByURI[ByteKey(uri)] = document
    let language = SchemaLanguage(dialect: dialect ?? defaultDialect)
    let resource = addResource(
      root,
      base: URIReference(uri),
      document: document,
      pointer: .root,
      language: language
    )
    resourceByURI[ByteKey(uri)] = resourceByURI[ByteKey(uri)] ?? resource
    walk(root, at: .root, document: document, resource: resource)
    return document
  }

  /// The resource around a place, the place's own `$id` not considered.
  private func enclosingResource(document: Int, pointer: JSONPointer) -> Int {
    var tokens = pointer.tokens
    while !tokens.isEmpty {
      tokens.removeLast()
      let key = ByteKey(JSONPointer(tokens: tokens))
      if let resource = documents[document].places[key]?.resource { return resource }
    }
    return documents[document].rootResource ?? 0
  }

  /// The resource of a place, which becomes a schema by being referred to if it was none before.
  mutating func resource(
    of value: JSONValue,
    document: Int,
    pointer: JSONPointer,
    within inherited: Int?
  ) -> Int {
    if let known = documents[document].places[ByteKey(pointer)] { return known.resource }
    let outer = inherited ?? enclosingResource(document: document, pointer: pointer)
    let resource = resourceForSchema(value, at: pointer, document: document, outer: outer)
    walk(value, at: pointer, document: document, resource: resource)
    return resource
  }
}
