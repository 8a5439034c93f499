import JSON

/// Following references.
extension SchemaIndex {
  /// The root of a document that was added.
  func root(of document: Int) -> Target {
    Target(
      document: document,
      resource: documents[document].rootResource ?? 0,
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
        let whole = documents[resources[found].document].rootResource,
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
    let known = documents[document].places[ByteKey(pointer)]
    return Target(
      document: document,
      resource: known?.resource ?? resource,
      pointer: pointer,
      value: known?.value ?? documents[document].root[pointer] ?? .null
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
    guard let pointer = resources[resource].anchors[ByteKey(anchor)] else {
      let names = resources[resource].anchorNames.sorted()
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
    if let known = documents[document].places[ByteKey(whole)] {
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
    if let known = resourceByURI[ByteKey(uri)] { return known }
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
    for entry in registry.entries where documentByURI[ByteKey(entry.uri)] == nil {
      add(entry.value, uri: entry.uri, dialect: entry.dialect)
    }
    return resourceByURI[ByteKey(uri)]
  }

  /// The URIs that could have been meant, for a message.
  var knownURIs: [String] {
    (resources.map(\.uri) + registry.uris + SchemaDialect.allCases.map(\.metaschemaURI))
      .filter { !$0.isEmpty }
  }
}
