import JSON

/// Finding schemas and their identifiers in documents.
extension SchemaIndex {
  private struct OpenPlace {
    let value: JSONValue
    let pointer: JSONPointer
    let resource: Int
  }

  /// Finds all schemas below a schema, without recursion.
  mutating func walk(
    _ value: JSONValue,
    at pointer: JSONPointer,
    document: Int,
    resource: Int
  ) {
    var open = [OpenPlace(value: value, pointer: pointer, resource: resource)]
    while let place = open.popLast() {
      documents[document].places[ByteKey(place.pointer)] =
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
          guard documents[document].places[ByteKey(pointer)] == nil else { return }
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
  mutating func resourceForSchema(
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
  mutating func addResource(
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
    if resourceByURI[ByteKey(uri)] == nil { resourceByURI[ByteKey(uri)] = resource }
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
    } else if object["$recursiveAnchor"]?.boolValue == true,
      pointer.isSame(as: resources[resource].pointer)
    {
      resources[resource].dynamicAnchors = [(SchemaResource.recursiveAnchor, pointer)]
    }
  }

  private mutating func name(_ anchor: String, _ pointer: JSONPointer, in resource: Int) {
    guard let taken = resources[resource].anchors[ByteKey(anchor)] else {
      resources[resource].anchors[ByteKey(anchor)] = pointer
      resources[resource].anchorNames.append(anchor)
      return
    }
    guard !taken.isSame(as: pointer) else { return }
    problems.append(
      SchemaProblem(
        documentURI: documents[resources[resource].document].uri,
        pointer: pointer,
        message: "the anchor '\(anchor)' is taken already by '\(taken)'"
      )
    )
  }
}
