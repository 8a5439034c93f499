import JSON

/// Where all schemas of a set of documents are, and what they are called.
///
/// Documents are read when a reference first leads to them.
struct SchemaIndex {
  /// A document and its schemas.
  struct Document {
    let uri: String
    let root: JSONValue
    /// Each schema, by the text of its pointer.
    var places: [String: Place] = [:]
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
  private(set) var documents: [Document] = []
  private(set) var resources: [SchemaResource] = []
  /// Problems with identifiers, found while reading documents.
  var problems: [SchemaProblem] = []
  private var documentByURI: [String: Int] = [:]
  private var resourceByURI: [String: Int] = [:]
  private var hasReadEverything = false

  init(registry: SchemaRegistry, defaultDialect: SchemaDialect) {
    self.registry = registry
    self.defaultDialect = defaultDialect
  }

  /// Takes in a document and finds the schemas under its root.
  @discardableResult
  mutating func add(_ root: JSONValue, uri: String, dialect: SchemaDialect?) -> Int {
    let document = documents.count
    documents.append(Document(uri: uri, root: root))
    documentByURI[uri] = document
    let language = SchemaLanguage(dialect: dialect ?? defaultDialect)
    let resource = addResource(
      root,
      base: URIReference(uri),
      document: document,
      pointer: .root,
      language: language
    )
    resourceByURI[uri] = resourceByURI[uri] ?? resource
    walk(root, at: .root, document: document, resource: resource)
    return document
  }

  /// The resource around a place, the place's own `$id` not considered.
  private func enclosingResource(document: Int, pointer: JSONPointer) -> Int {
    var tokens = pointer.tokens
    while !tokens.isEmpty {
      tokens.removeLast()
      let text = JSONPointer(tokens: tokens).description
      if let resource = documents[document].places[text]?.resource { return resource }
    }
    return documents[document].places[""]?.resource ?? 0
  }

  /// The resource of a place, which becomes a schema by being referred to if it was none before.
  private mutating func resource(
    of value: JSONValue,
    document: Int,
    pointer: JSONPointer,
    within inherited: Int?
  ) -> Int {
    if let known = documents[document].places[pointer.description] { return known.resource }
    let outer = inherited ?? enclosingResource(document: document, pointer: pointer)
    let resource = resourceForSchema(value, at: pointer, document: document, outer: outer)
    walk(value, at: pointer, document: document, resource: resource)
    return resource
  }
}

// MARK: - Resolving

extension SchemaIndex {
  /// The root of a document that was added.
  func root(of document: Int) -> Target {
    Target(
      document: document,
      resource: documents[document].places[""]?.resource ?? 0,
      pointer: .root,
      value: documents[document].root
    )
  }

  /// What a reference leads to.
  ///
  /// Spec: 2020-12 Core §8.2.3.1, §8.2.2; RFC 3986 §5.
  mutating func resolve(_ reference: String, from resource: Int?) throws(Unresolved) -> Target {
    let base = resource.map { resources[$0].base } ?? URIReference("")
    let uri = URIReference(reference).resolved(against: base)
    guard let found = findResource(uri.withoutFragment.description) else {
      throw .document(uri.withoutFragment.description)
    }
    guard let fragment = uri.fragment, !fragment.isEmpty else { return target(resourceRoot: found) }
    guard let decoded = URIReference.percentDecoded(fragment) else {
      throw .malformedFragment(fragment)
    }
    guard decoded.utf8.first == UInt8(ascii: "/") else {
      return try resolve(anchor: decoded, in: found)
    }
    guard let pointer = JSONPointer(decoded) else { throw .malformedFragment(fragment) }
    do {
      return try resolve(pointer: pointer, in: found)
    } catch {
      // In an AsyncAPI document a `$id` is a name, and references still count from the root.
      guard resources[found].language.dialect == .asyncAPI,
        !resources[found].pointer.tokens.isEmpty,
        let whole = documents[resources[found].document].places[""]?.resource,
        let target = try? resolve(pointer: pointer, in: whole)
      else { throw error }
      return target
    }
  }

  /// The root of a resource.
  func target(resourceRoot resource: Int) -> Target {
    let pointer = resources[resource].pointer
    let document = resources[resource].document
    return Target(
      document: document,
      resource: resource,
      pointer: pointer,
      value: documents[document].root[pointer] ?? .null
    )
  }

  /// A place that an anchor of a resource names.
  func target(_ pointer: JSONPointer, in resource: Int) -> Target {
    let document = resources[resource].document
    return Target(
      document: document,
      resource: documents[document].places[pointer.description]?.resource ?? resource,
      pointer: pointer,
      value: documents[document].root[pointer] ?? .null
    )
  }

  /// A place below a schema, which is a schema too.
  mutating func target(
    _ value: JSONValue,
    at pointer: JSONPointer,
    document: Int,
    within resource: Int
  ) -> Target {
    Target(
      document: document,
      resource: self.resource(of: value, document: document, pointer: pointer, within: resource),
      pointer: pointer,
      value: value
    )
  }

  private func resolve(anchor: String, in resource: Int) throws(Unresolved) -> Target {
    guard let pointer = resources[resource].anchors[anchor] else {
      let names = resources[resource].anchors.keys.sorted()
      throw .anchor(anchor, nearest: nearestName(to: anchor, in: names))
    }
    return target(pointer, in: resource)
  }

  private mutating func resolve(
    pointer: JSONPointer,
    in resource: Int
  ) throws(Unresolved) -> Target {
    let document = resources[resource].document
    let start = resources[resource].pointer
    let whole = JSONPointer(tokens: start.tokens + pointer.tokens)
    if let known = documents[document].places[whole.description] {
      return Target(
        document: document,
        resource: known.resource,
        pointer: whole,
        value: known.value
      )
    }
    var value = documents[document].root[start] ?? .null
    for (depth, token) in pointer.tokens.enumerated() {
      guard let next = value[JSONPointer(tokens: [token])] else {
        let names = value.objectValue?.names ?? []
        let nearest = nearestName(to: token, in: names).map { name in
          let tokens = pointer.tokens[..<depth] + [name] + pointer.tokens[(depth + 1)...]
          return JSONPointer(tokens: Array(tokens)).description
        }
        throw .pointer(pointer.description, nearest: nearest)
      }
      value = next
    }
    return Target(
      document: document,
      resource: self.resource(of: value, document: document, pointer: whole, within: nil),
      pointer: whole,
      value: value
    )
  }

  /// The resource of a URI, looked for in what is read already, then in the registry.
  private mutating func findResource(_ uri: String) -> Int? {
    if let known = resourceByURI[uri] { return known }
    if let entry = registry.entry(at: uri) {
      let document = add(entry.value, uri: entry.uri, dialect: entry.dialect)
      return root(of: document).resource
    }
    if let (value, dialect) = Metaschemas.document(at: uri) {
      let document = add(value, uri: uri, dialect: dialect)
      return root(of: document).resource
    }
    guard !hasReadEverything else { return nil }
    hasReadEverything = true
    for entry in registry.entries where documentByURI[entry.uri] == nil {
      add(entry.value, uri: entry.uri, dialect: entry.dialect)
    }
    return resourceByURI[uri]
  }

  /// The URIs that could have been meant, for a message.
  var knownURIs: [String] {
    (resources.map(\.uri) + registry.uris + SchemaDialect.allCases.map(\.metaschemaURI))
      .filter { !$0.isEmpty }
  }
}

// MARK: - Reading documents

extension SchemaIndex {
  private struct OpenPlace {
    let value: JSONValue
    let pointer: JSONPointer
    let resource: Int
  }

  /// Finds all schemas below a schema, without recursion.
  private mutating func walk(
    _ value: JSONValue,
    at pointer: JSONPointer,
    document: Int,
    resource: Int
  ) {
    var open = [OpenPlace(value: value, pointer: pointer, resource: resource)]
    while let place = open.popLast() {
      documents[document].places[place.pointer.description] =
        Place(value: place.value, resource: place.resource)
      guard case .object(let object) = place.value else { continue }
      let language = resources[place.resource].language
      readAnchors(object, at: place.pointer, resource: place.resource)
      for member in object.members {
        guard let shape = language.keyword(member.name)?.shape else { continue }
        let below = place.pointer.appending(member.name)
        shape.forEachSubschema(of: member.value) { child, tokens in
          let pointer = JSONPointer(tokens: below.tokens + tokens)
          // What a reference has made a schema already keeps its resource.
          guard documents[document].places[pointer.description] == nil else { return }
          let resource = resourceForSchema(
            child,
            at: pointer,
            document: document,
            outer: place.resource
          )
          open.append(OpenPlace(value: child, pointer: pointer, resource: resource))
        }
      }
    }
  }

  /// The resource that a schema belongs to: a new one when it has an identifier.
  private mutating func resourceForSchema(
    _ value: JSONValue,
    at pointer: JSONPointer,
    document: Int,
    outer: Int
  ) -> Int {
    guard case .object(let object) = value else { return outer }
    let parent = resources[outer]
    let language = language(of: object, at: pointer, document: document, inherited: parent.language)
    let identifier = identifier(of: object, language: language) ?? ""
    let isNamed = !identifier.isEmpty && identifier.utf8.first != UInt8(ascii: "#")
    // A schema in another dialect is read as a resource too; without an identifier it shares the
    // URI of the one around it.
    guard isNamed || language != parent.language else { return outer }
    return addResource(
      value,
      base: parent.base,
      document: document,
      pointer: pointer,
      language: parent.language
    )
  }

  /// Registers the root of a document or a schema with an identifier.
  private mutating func addResource(
    _ value: JSONValue,
    base: URIReference,
    document: Int,
    pointer: JSONPointer,
    language inherited: SchemaLanguage
  ) -> Int {
    var own = base.withoutFragment
    var language = inherited
    if case .object(let object) = value {
      language = self.language(of: object, at: pointer, document: document, inherited: inherited)
      if let identifier = identifier(of: object, language: language) {
        own = URIReference(identifier).resolved(against: base).withoutFragment
      }
    }
    let uri = own.description
    let resource = resources.count
    resources.append(
      SchemaResource(
        base: own,
        uri: uri,
        document: document,
        pointer: pointer,
        language: language
      )
    )
    if resourceByURI[uri] == nil { resourceByURI[uri] = resource }
    return resource
  }

  /// The identifier that counts, or `nil`.
  private func identifier(of object: JSONObject, language: SchemaLanguage) -> String? {
    let dialect = language.dialect
    if dialect.referenceSilencesSiblings, object["$ref"]?.stringValue != nil { return nil }
    return object[dialect.identifierKeyword]?.stringValue
  }

  private mutating func readAnchors(_ object: JSONObject, at pointer: JSONPointer, resource: Int) {
    let language = resources[resource].language
    guard language.dialect.generation >= 8 else {
      guard let identifier = identifier(of: object, language: language),
        let fragment = URIReference(identifier).fragment, !fragment.isEmpty
      else { return }
      name(fragment, pointer, in: resource)
      return
    }
    if let anchor = object["$anchor"]?.stringValue { name(anchor, pointer, in: resource) }
    if language.dialect == .draft2020_12 {
      guard let anchor = object["$dynamicAnchor"]?.stringValue else { return }
      name(anchor, pointer, in: resource)
      resources[resource].dynamicAnchors.append((anchor, pointer))
      resources[resource].dynamicAnchors.sort { $0.name < $1.name }
    } else if object["$recursiveAnchor"]?.boolValue == true, pointer == resources[resource].pointer
    {
      resources[resource].dynamicAnchors = [(SchemaResource.recursiveAnchor, pointer)]
    }
  }

  private mutating func name(_ anchor: String, _ pointer: JSONPointer, in resource: Int) {
    guard let taken = resources[resource].anchors[anchor] else {
      resources[resource].anchors[anchor] = pointer
      return
    }
    guard taken != pointer else { return }
    problems.append(
      SchemaProblem(
        documentURI: documents[resources[resource].document].uri,
        pointer: pointer,
        message: "the anchor '\(anchor)' is taken already by '\(taken)'"
      )
    )
  }
}

// MARK: - Dialects

extension SchemaIndex {
  /// What `$schema` makes of a resource.
  ///
  /// Spec: 2020-12 Core §8.1.1, §8.1.2.
  private mutating func language(
    of object: JSONObject,
    at pointer: JSONPointer,
    document: Int,
    inherited: SchemaLanguage
  ) -> SchemaLanguage {
    guard let uri = object["$schema"]?.stringValue else { return inherited }
    switch metaschemaLanguage(uri, depth: 0) {
    case .success(let language):
      return language
    case .failure(let problem):
      problems.append(
        SchemaProblem(
          documentURI: documents[document].uri,
          pointer: pointer.appending("$schema"),
          message: problem.message
        )
      )
      return inherited
    }
  }

  private struct MetaschemaProblem: Error {
    let message: String
  }

  /// What a metaschema switches on.
  private func metaschemaLanguage(
    _ uri: String,
    depth: Int
  ) -> Result<SchemaLanguage, MetaschemaProblem> {
    if let dialect = SchemaDialect(metaschemaURI: uri) {
      return .success(SchemaLanguage(dialect: dialect))
    }
    let plain = SchemaRegistry.normalised(uri)
    guard depth < 8, let object = registeredSchema(plain)?.objectValue,
      let parent = object["$schema"]?.stringValue
    else {
      let known = registry.uris + SchemaDialect.allCases.map(\.metaschemaURI)
      let hint = nearestName(to: uri, in: known).map { "; did you mean '\($0)'?" } ?? ""
      return .failure(MetaschemaProblem(message: "unknown metaschema '\(uri)'\(hint)"))
    }
    return metaschemaLanguage(parent, depth: depth + 1).flatMap { inherited in
      guard inherited.dialect.generation >= 8,
        case .object(let vocabularies) = object["$vocabulary"] ?? .null
      else { return .success(inherited) }
      var language = SchemaLanguage(dialect: inherited.dialect, vocabularies: .core)
      for member in vocabularies.members {
        if let vocabulary = SchemaVocabularies(uri: member.name) {
          language.vocabularies.formUnion(vocabulary)
          // Spec: 2019-09 Validation §7.2: `true` makes the format vocabulary an assertion.
          if member.name.hasSuffix("2019-09/vocab/format"), member.value.boolValue == true {
            language.vocabularies.insert(.formatAssertion)
          }
        } else if member.value.boolValue == true {
          let message = "the metaschema '\(uri)' needs the unknown vocabulary '\(member.name)'"
          return .failure(MetaschemaProblem(message: message))
        }
      }
      return .success(language)
    }
  }

  /// A document of the registry by its URI or by the `$id` of its root.
  private func registeredSchema(_ uri: String) -> JSONValue? {
    if let entry = registry.entry(at: uri) { return entry.value }
    return registry.entries.first { entry in
      guard let identifier = entry.value["$id"]?.stringValue else { return false }
      return URIReference(identifier).resolved(against: URIReference(entry.uri)).withoutFragment
        .description == uri
    }?.value
  }
}
