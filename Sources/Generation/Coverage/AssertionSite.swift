package import JSONSchema

/// One assertion of a schema that a value can violate: a keyword at a place in the schema.
package struct AssertionSite: Hashable, Sendable {
  /// The schema that has the keyword.
  package var location: SchemaLocation
  /// The keyword.
  package var keyword: String
  /// Which part of the keyword: a name of `required`, `properties` and the like, or the pattern of
  /// `patternProperties`; for `oneOf`, `several` when more than one branch is to match.
  package var part: String?

  let point: BreakPoint

  init(_ point: BreakPoint, in graph: SchemaGraph) {
    self.point = point
    let last = point.steps[point.steps.count - 1]
    let node = graph[last.node]
    location = node.location
    keyword = last.site.keyword.name(in: node)
    let place = Int(last.site.index)
    switch last.site.keyword {
    case .required: part = node.required[place]
    case .property: part = node.properties[place].name
    case .patternProperty: part = node.patternProperties[place].pattern.source
    case .dependentRequired: part = node.dependentRequired[place].name
    case .dependentSchema: part = node.dependentSchemas[place].name
    case .prefixItem: part = String(place)
    case .oneOfSeveral: part = "several"
    default: part = nil
    }
  }
}

extension AssertionSite: CustomStringConvertible {
  /// `#/properties/age/minimum`, with the part behind a colon.
  package var description: String {
    location.uri + "/" + keyword + (part.map { ": " + $0 } ?? "")
  }
}
