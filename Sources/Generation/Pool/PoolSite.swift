import JSONSchema

/// What kind of place a value stands in, so that values can be used again in like places.
package struct PoolSite: Hashable, Sendable {
  /// The schemas that describe the value, by their URIs.
  package var schemas: [String]
  /// The name of the member that the value is under, also through arrays.
  package var property: String?
  /// The format that the schemas give it.
  package var format: String?

  /// Describes a place.
  package init(schemas: [String] = [], property: String? = nil, format: String? = nil) {
    self.schemas = schemas
    self.property = property
    self.format = format
  }
}

extension PoolSite {
  /// The place of a leaf; the property is filled in when it is reached.
  init(_ requirements: Requirements) {
    self.init(
      schemas: requirements.own.map(\.node.location.uri),
      format: requirements.own.lazy.compactMap(\.node.format).first
    )
  }
}
