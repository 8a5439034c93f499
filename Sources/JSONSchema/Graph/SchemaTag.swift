package import JSON

/// A property whose value tells alternatives apart, as `type` does in `{"type": "ping"}`.
package struct SchemaTag: Sendable {
  /// The name of the property.
  package let property: String
  /// For each alternative the values that the property may have there; no value is in two of them.
  package let values: [[JSONValue]]
  /// For each alternative whether it requires the property.
  package let isRequired: [Bool]

  /// The alternative that a value of the property belongs to, or `nil` for a value of none.
  package func alternative(for value: JSONValue) -> Int? {
    values.firstIndex { $0.contains(value) }
  }
}

extension SchemaTag {
  /// How many schemas are looked at to find the tag of one alternative.
  private static let maximumSchemas = 64

  /// Finds the property that tells some alternatives apart.
  ///
  /// - Returns: `nil` when there are fewer than two alternatives or none of their properties has
  ///   separate values in all of them.
  static func find(among alternatives: [Int], in nodes: [SchemaNode]) -> SchemaTag? {
    guard alternatives.count > 1 else { return nil }
    let profiles = alternatives.map { Profile($0, nodes) }
    for name in profiles[0].names {
      let values = profiles.map { $0.values[ByteKey(name)] ?? [] }
      guard !values.contains(where: \.isEmpty), areSeparate(values) else { continue }
      return SchemaTag(
        property: name,
        values: values,
        isRequired: profiles.map { $0.required.contains(ByteKey(name)) }
      )
    }
    return nil
  }

  private static func areSeparate(_ values: [[JSONValue]]) -> Bool {
    var seen: Set<JSONValue> = []
    for alternative in values {
      for value in Set(alternative) where !seen.insert(value).inserted { return false }
    }
    return true
  }

  /// What an alternative fixes about its properties, with all that it refers to.
  private struct Profile {
    /// The properties with fixed values, in the order of the schema.
    var names: [String] = []
    var values: [ByteKey: [JSONValue]] = [:]
    var required: Set<ByteKey> = []

    init(_ alternative: Int, _ nodes: [SchemaNode]) {
      for schema in SchemaTag.conjunction(alternative, nodes) {
        required.formUnion(nodes[schema].required.map { ByteKey($0) })
        for property in nodes[schema].properties {
          let name = ByteKey(property.name)
          guard values[name] == nil, let fixed = Self.fixedValues(property.schema, nodes) else {
            continue
          }
          names.append(property.name)
          values[name] = fixed
        }
      }
    }

    private static func fixedValues(_ schema: Int, _ nodes: [SchemaNode]) -> [JSONValue]? {
      for part in SchemaTag.conjunction(schema, nodes) {
        if let constant = nodes[part].constant { return [constant] }
        if let enumeration = nodes[part].enumeration { return enumeration }
      }
      return nil
    }
  }

  /// A schema with those that a value must satisfy too.
  private static func conjunction(_ schema: Int, _ nodes: [SchemaNode]) -> [Int] {
    var found = [schema]
    var next = 0
    while next < found.count, found.count < maximumSchemas {
      for other in nodes[found[next]].conjuncts where !found.contains(other) {
        found.append(other)
      }
      next += 1
    }
    return found
  }
}
