import JSON

/// Telling what the keywords of a schema mean.
extension SchemaIndex {
  /// What `$schema` makes of a resource.
  ///
  /// Spec: 2020-12 Core §8.1.1, §8.1.2.
  mutating func language(
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
