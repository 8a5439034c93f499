import JSON

/// `properties`, `patternProperties` and `additionalProperties`.
///
/// Spec: 2020-12 Core §10.3.2.1-§10.3.2.3.
extension Keyword {
  static let properties = Keyword("properties", .map, in: .applicator) { reader, value in
    reader.node.properties = reader.namedSubschemas(value)
  }

  static let patternProperties = Keyword("patternProperties", .map, in: .applicator) {
    reader,
    value in
    reader.node.patternProperties = reader.namedSubschemas(value).compactMap { property in
      reader.pattern(property.name, at: [property.name]).map {
        .init(pattern: $0, schema: property.schema)
      }
    }
  }

  static let additionalProperties = Keyword("additionalProperties", .one, in: .applicator) {
    reader,
    value in
    reader.node.additionalProperties = reader.subschema(value)
  }
}
