/// A dialect together with the vocabularies that its metaschema switches on.
struct SchemaLanguage: Hashable, Sendable {
  var dialect: SchemaDialect
  var vocabularies: SchemaVocabularies = .standard

  /// The keyword of this name, or `nil` for one that this language does not know.
  func keyword(_ name: String) -> Keyword? {
    guard let keyword = Keyword.table(generation: dialect.generation)[name],
      vocabularies.contains(keyword.vocabulary),
      !keyword.isAsyncAPIOnly || dialect == .asyncAPI
    else { return nil }
    return keyword
  }
}
