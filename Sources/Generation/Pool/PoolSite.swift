import JSONSchema

/// What kind of place a value stands in, so that values can be used again in like places.
///
/// Names are kept as numbers, which are compared and looked up many times as fast.
package struct PoolSite: Hashable, Sendable {
  /// The schemas that describe the value.
  let schemas: [UInt64]
  /// The name of the member that the value is under, also through arrays; 0 for none.
  private(set) var property: UInt64
  /// The format that the schemas give it; 0 for none.
  let format: UInt64
  /// A number for the whole place.
  private(set) var key: UInt64
  private let base: UInt64

  /// Describes a place.
  ///
  /// - Parameters:
  ///   - schemas: The schemas that describe the value, by their URIs.
  ///   - property: The name of the member that the value is under, also through arrays.
  ///   - format: The format that the schemas give it.
  package init(schemas: [String] = [], property: String? = nil, format: String? = nil) {
    self.schemas = schemas.map(Self.number)
    self.format = format.map(Self.number) ?? 0
    self.property = property.map(Self.number) ?? 0
    base = (self.schemas + [self.format]).reduce(0xCBF2_9CE4_8422_2325, Self.joined)
    key = Self.joined(base, self.property)
  }

  /// The same place under another name.
  package func named(_ property: String?) -> PoolSite {
    var site = self
    site.property = property.map(Self.number) ?? 0
    site.key = Self.joined(base, site.property)
    return site
  }

  /// Spec: FNV-1a, 64 bits; never 0 for a text that occurs.
  private static func number(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  private static func joined(_ left: UInt64, _ right: UInt64) -> UInt64 {
    ((left ^ right) &* 0x9E37_79B9_7F4A_7C15) ^ (left >> 29)
  }

  /// Whether both are the same kind of place.
  package static func == (left: PoolSite, right: PoolSite) -> Bool { left.key == right.key }

  /// Hashes the place.
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
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
