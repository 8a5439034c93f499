import JSON
import JSONSchema

/// Finds every assertion that can be reached from a schema, with the ways that lead there.
struct SiteWalk {
  /// Most ways to one schema that are kept; the first that turns out to be possible is taken.
  static let maximumWays = 4

  let graph: SchemaGraph
  /// The ways to each schema, by its index.
  private(set) var ways: [Int: [BreakPoint]] = [:]
  /// The schemas in the order in which they were reached.
  private(set) var nodes: [Int] = []
  /// The shortest way from a schema back to itself, for schemas that refer to themselves.
  private(set) var cycles: [Int: BreakPoint] = [:]

  /// Walks from a schema, breadth first, so that short ways come first.
  init(_ graph: SchemaGraph, from root: Int) {
    self.graph = graph
    var waiting: [(node: Int, steps: [BreakPoint.Step])] = [(root, [])]
    var next = 0
    while next < waiting.count {
      let (node, steps) = waiting[next]
      next += 1
      let end = BreakPoint.Step(node: node, site: KeywordSite(.place))
      if let start = steps.firstIndex(where: { $0.node == node }) {
        if cycles[node] == nil { cycles[node] = BreakPoint(steps: Array(steps[start...]) + [end]) }
        continue
      }
      guard graph[node].booleanSchema == nil, ways[node, default: []].count < Self.maximumWays
      else { continue }
      if ways[node] == nil { nodes.append(node) }
      ways[node, default: []].append(BreakPoint(steps: steps + [end]))
      for site in graph[node].keywordSites {
        for target in graph[node].targets(of: site) where graph[target].booleanSchema == nil {
          waiting.append((target, steps + [.init(node: node, site: site)]))
        }
      }
    }
  }

  /// The ways to break one assertion of a schema.
  func ways(to node: Int, breaking site: KeywordSite) -> [BreakPoint] {
    ways[node, default: []].map { $0.breaking(site) }
  }

  /// The assertions of a schema that are broken here, and not further down.
  func sites(of node: Int) -> [KeywordSite] {
    graph[node].keywordSites.filter { site in
      let targets = graph[node].targets(of: site)
      switch site.keyword {
      case .anyOf, .oneOf: return true
      default: return targets.isEmpty || targets.contains { graph[$0].booleanSchema == false }
      }
    }
  }
}

extension BreakPoint {
  /// The same way with another assertion at its end.
  func breaking(_ site: KeywordSite) -> BreakPoint {
    var way = self
    way.steps[way.steps.count - 1].site = site
    return way
  }
}

extension BreakPoint {
  /// The place where the way ends, and where it came from: names have no place of their own.
  var placesUpwards: [BreakPoint] {
    [self, BreakPoint(steps: Array(steps.dropLast()))]
      .filter { !$0.steps.isEmpty }.map { $0.breaking(KeywordSite(.place)) }
  }
}

extension SchemaNode {
  /// The schemas that an assertion hands the value or a part of it to, to be accepted.
  func targets(of site: KeywordSite) -> [Int] {
    let place = Int(site.index)
    switch site.keyword {
    case .property: return [properties[place].schema]
    case .patternProperty: return [patternProperties[place].schema]
    case .additionalProperties: return [additionalProperties].compactMap { $0 }
    case .unevaluatedProperties: return [unevaluatedProperties].compactMap { $0 }
    case .propertyNames: return [propertyNames].compactMap { $0 }
    case .dependentSchema: return [dependentSchemas[place].schema]
    case .prefixItem: return [prefixItems[place]]
    case .items: return [items].compactMap { $0 }
    case .unevaluatedItems: return [unevaluatedItems].compactMap { $0 }
    case .reference: return [reference?.target].compactMap { $0 }
    case .dynamicReference: return [dynamicReference?.target].compactMap { $0 }
    case .allOf: return [allOf[place]]
    case .anyOf: return anyOf
    case .oneOf: return oneOf
    case .then: return [thenSchema].compactMap { $0 }
    case .otherwise: return [elseSchema].compactMap { $0 }
    default: return []
    }
  }
}
