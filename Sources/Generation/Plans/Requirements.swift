import JSON
import JSONSchema

/// The requirements of a leaf, taken apart.
struct Requirements {
  /// A schema whose own keywords hold, except one.
  struct Own {
    var node: SchemaNode
    var omitted: KeywordSite?

    /// Whether an assertion of the schema is to hold.
    func keeps(_ keyword: KeywordSite.Keyword, _ index: Int = 0) -> Bool {
      guard let omitted else { return true }
      return omitted != KeywordSite(keyword, index)
    }
  }

  var own: [Own] = []
  var violations: [BreakPoint] = []
  var avoided: [Int] = []
  var required: [String] = []
  var forbidden: [String] = []
  var types: SchemaTypes = .all
  /// The schemas that ``violations`` begin in, by index.
  var violated: [Int: SchemaNode] = [:]

  init(_ conjunction: Conjunction, builder: PlanBuilder) {
    for atom in conjunction.atoms {
      let node = Int(atom.node)
      switch atom.kind {
      case .own: own.append(Own(node: builder.graph[node], omitted: atom.site))
      case .violates:
        let point = builder.breakPoints[node]
        violations.append(point)
        violated[point.first.node] = builder.graph[point.first.node]
      case .avoided: avoided.append(node)
      case .requires: required.append(builder.names[node])
      case .forbids: forbidden.append(builder.names[node])
      case .ofTypes: types.formIntersection(SchemaTypes(rawValue: UInt8(node)))
      case .node, .negated, .breaks, .anyOf, .oneOf, .condition, .dependent, .several: break
      }
    }
  }

  /// The violations of one keyword.
  func violations(of keyword: KeywordSite.Keyword) -> [BreakPoint] {
    violations.filter { $0.first.site.keyword == keyword }
  }

  /// The schemas that accept the value for certain, as far as the value's own keywords go.
  var nodes: Set<Int> { Set(own.map(\.node.index)) }
}

extension Requirements {
  /// Checks that a value of a type can meet what is required of members and violate what is to be
  /// violated.
  func checkPossibility(of way: LeafPlan.Way) throws(Contradiction) {
    if let name = required.first, way != .object {
      throw Contradiction(node: nil, reason: "only an object can have the member '\(name)'")
    }
    for point in violations {
      guard let needed = point.first.site.keyword.way, needed != way else { continue }
      throw Contradiction(
        node: point.first.node,
        reason: "only a value of another type can violate '\(point.first.site.keyword)'"
      )
    }
  }
}

extension KeywordSite.Keyword {
  /// The type of value that the keyword is about, or `nil` for all types.
  var way: LeafPlan.Way? {
    switch self {
    case .minimum, .exclusiveMinimum, .maximum, .exclusiveMaximum, .multipleOf: .number
    case .minLength, .maxLength, .pattern, .format, .content: .string
    case .required, .property, .patternProperty, .additionalProperties, .unevaluatedProperties,
      .propertyNames, .minProperties, .maxProperties, .dependentRequired, .dependentSchema:
      .object
    case .prefixItem, .items, .unevaluatedItems, .contains, .maxContains, .minItems, .maxItems,
      .uniqueItems:
      .array
    case .type, .constant, .enumeration, .reference, .dynamicReference, .allOf, .anyOf, .oneOf,
      .oneOfSeveral, .not, .then, .otherwise, .place:
      nil
    }
  }
}
