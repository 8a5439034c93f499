/// The groups of keywords that a metaschema switches on.
///
/// Spec: 2020-12 Core §8.1.2, §10, §11; Validation §6-§9.
package struct SchemaVocabularies: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `$id`, `$ref`, `$defs` and the like; always on.
  package static let core = SchemaVocabularies(rawValue: 1 << 0)
  /// Keywords that apply subschemas.
  package static let applicator = SchemaVocabularies(rawValue: 1 << 1)
  /// `unevaluatedItems` and `unevaluatedProperties`.
  package static let unevaluated = SchemaVocabularies(rawValue: 1 << 2)
  /// `type`, `minimum` and the like.
  package static let validation = SchemaVocabularies(rawValue: 1 << 3)
  /// `title`, `default`, `examples` and the like.
  package static let metadata = SchemaVocabularies(rawValue: 1 << 4)
  /// `format` as an annotation, or as the options say.
  package static let formatAnnotation = SchemaVocabularies(rawValue: 1 << 5)
  /// `format` as an assertion.
  package static let formatAssertion = SchemaVocabularies(rawValue: 1 << 6)
  /// `contentEncoding`, `contentMediaType`, `contentSchema`.
  package static let content = SchemaVocabularies(rawValue: 1 << 7)

  /// Everything that a dialect's own metaschema switches on.
  package static let standard: SchemaVocabularies = [
    .core, .applicator, .unevaluated, .validation, .metadata, .formatAnnotation, .content,
  ]

  /// The group that a vocabulary URI names, or `nil` for an unknown one.
  init?(uri: String) {
    let prefixes = [
      "https://json-schema.org/draft/2019-09/vocab/",
      "https://json-schema.org/draft/2020-12/vocab/",
    ]
    guard let prefix = prefixes.first(where: { uri.hasPrefix($0) }) else { return nil }
    switch uri.dropFirst(prefix.count) {
    case "core": self = .core
    // 2019-09 keeps the unevaluated keywords among the applicators.
    case "applicator": self = prefix == prefixes[0] ? [.applicator, .unevaluated] : .applicator
    case "unevaluated": self = .unevaluated
    case "validation": self = .validation
    case "meta-data": self = .metadata
    case "format", "format-annotation": self = .formatAnnotation
    case "format-assertion": self = [.formatAnnotation, .formatAssertion]
    case "content": self = .content
    default: return nil
    }
  }
}
