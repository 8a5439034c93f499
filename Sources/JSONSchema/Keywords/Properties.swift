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

extension Explainer {
  mutating func checkProperties(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard
      !node.properties.isEmpty || !node.patternProperties.isEmpty
        || node.additionalProperties != nil
    else { return }
    for key in keys(of: value) {
      guard !isFull else { return }
      let name = tape.string(of: key)
      var isKnown = false
      if let property = node.property(name) {
        isKnown = true
        checkMember(property.schema, key, &outcome)
      }
      for property in node.patternProperties {
        switch property.pattern.verdict(on: name) {
        case .matches:
          isKnown = true
          checkMember(property.schema, key, &outcome)
        case .doesNotMatch:
          break
        case .tooCostly:
          outcome.isValid = false
          let reason = Finding.Reason.tooCostly(pattern: property.pattern.source)
          note(node.index, "patternProperties", key, reason)
        }
      }
      if isKnown {
        outcome.evaluated.nodes.insert(key)
      } else if let schema = node.additionalProperties {
        checkExtraMember(node.index, "additionalProperties", schema, key, &outcome)
      }
    }
    if node.additionalProperties != nil { outcome.evaluated.allMembers = true }
  }

  private mutating func checkMember(_ schema: Int, _ key: Int, _ outcome: inout Outcome) {
    let other = check(schema, key + 1, at: .member(key))
    outcome.isValid = outcome.isValid && other.isValid
  }

  /// Judges a member that only a keyword for the rest covers.
  mutating func checkExtraMember(
    _ node: Int,
    _ keyword: String,
    _ schema: Int,
    _ key: Int,
    _ outcome: inout Outcome
  ) {
    guard graph[schema].booleanSchema == false else {
      checkMember(schema, key, &outcome)
      return
    }
    outcome.isValid = false
    path.append(.member(key))
    note(node, keyword, key + 1, .unexpectedMember(key: key))
    path.removeLast()
  }
}
