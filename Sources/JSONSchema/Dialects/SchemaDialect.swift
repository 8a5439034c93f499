/// A version of the JSON Schema language.
package enum SchemaDialect: String, Sendable, CaseIterable {
  /// Draft 4: `id`, Boolean `exclusiveMinimum`, no Boolean schemas.
  case draft4
  /// Draft 6: `$id`, `const`, `contains`, `propertyNames`.
  case draft6
  /// Draft 7: `if`, content keywords.
  case draft7
  /// Draft 2019-09: vocabularies, `$recursiveRef`, `unevaluatedProperties`.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case draft2019_09 = "draft2019-09"
  /// Draft 2020-12: `prefixItems`, `$dynamicRef`.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case draft2020_12 = "draft2020-12"
  /// The schema object of AsyncAPI: draft 7 with `discriminator`, `deprecated` and numeric formats.
  ///
  /// Spec: AsyncAPI 3.0 "Schema Object".
  case asyncAPI
}

extension SchemaDialect {
  /// The URI that `$schema` names it by, without a fragment.
  package var metaschemaURI: String {
    switch self {
    case .draft4: "http://json-schema.org/draft-04/schema"
    case .draft6: "http://json-schema.org/draft-06/schema"
    case .draft7, .asyncAPI: "http://json-schema.org/draft-07/schema"
    case .draft2019_09: "https://json-schema.org/draft/2019-09/schema"
    case .draft2020_12: "https://json-schema.org/draft/2020-12/schema"
    }
  }

  /// The dialect that a `$schema` value names, with or without an empty fragment.
  ///
  /// - Returns: `nil` for another metaschema.
  package init?(metaschemaURI uri: String) {
    var plain = Substring(uri)
    if plain.hasSuffix("#") { plain.removeLast() }
    let known: [SchemaDialect] = [.draft4, .draft6, .draft7, .draft2019_09, .draft2020_12]
    guard let dialect = known.first(where: { plain == $0.metaschemaURI }) else { return nil }
    self = dialect
  }

  /// How a person calls it.
  package var title: String {
    switch self {
    case .draft4: "draft 4"
    case .draft6: "draft 6"
    case .draft7: "draft 7"
    case .draft2019_09: "draft 2019-09"
    case .draft2020_12: "draft 2020-12"
    case .asyncAPI: "the AsyncAPI schema object"
    }
  }

  /// The place in time; AsyncAPI counts as draft 7.
  var generation: Int {
    switch self {
    case .draft4: 4
    case .draft6: 6
    case .draft7, .asyncAPI: 7
    case .draft2019_09: 8
    case .draft2020_12: 9
    }
  }

  /// Whether `$ref` silences the keywords beside it.
  ///
  /// Spec: draft-07 Core §8.3.
  var referenceSilencesSiblings: Bool { generation <= 7 }

  /// The name of the keyword that gives a schema its URI.
  var identifierKeyword: String { self == .draft4 ? "id" : "$id" }

  /// Whether `1.0` is an integer.
  ///
  /// Spec: draft-06 Validation §6.25; draft 4 tells integers by their notation.
  package var acceptsFractionlessIntegers: Bool { self != .draft4 }

  /// Whether `format` rejects values when nobody decides otherwise.
  ///
  /// Spec: draft-07 Validation §7.2 (should be checked), 2019-09 and 2020-12 Validation §7.2.1
  /// (annotation by default).
  package var assertsFormatsByDefault: Bool { generation <= 7 }

  /// Whether `contentEncoding` and `contentMediaType` reject values.
  ///
  /// Spec: draft-07 Validation §8.1; 2019-09 Validation §8.1 (annotations only).
  package var assertsContent: Bool { generation == 7 }
}
