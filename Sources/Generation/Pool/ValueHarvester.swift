import JSON
package import JSONSchema

/// Finds the strings and numbers of values that one schema describes, each with the kind of place it
/// stands in.
///
/// What the schema says about its places is worked out once; a harvest only walks the value.
package struct ValueHarvester: Sendable {
  /// Longer texts are no ids.
  static let maximumLength = 256
  /// More places than these are not told apart; the rest are known by their names alone.
  static let maximumPlaces = 4_096

  /// What the schema says about the values at one kind of place.
  fileprivate struct Place: Sendable {
    var site = PoolSite()
    /// Whether the schema fixes the value (`const`, `enum`).
    var isFixed = false
    var members: [String: Int] = [:]
    /// The place of members that no schema names.
    var otherMembers = 0
    var firstItems: [Int] = []
    var otherItems = 0
  }

  /// The first one is the place that no schema describes, the second one that of the value itself.
  private var places = [Place()]

  /// Works out the places of a schema.
  package init(schema: CompiledSchema) {
    var known: [[Int]: Int] = [[]: 0]
    var waiting: [[Int]] = []
    func place(of nodes: [Int]) -> Int {
      if let place = known[nodes] { return place }
      guard known.count < Self.maximumPlaces else { return 0 }
      known[nodes] = known.count
      waiting.append(nodes)
      return known.count - 1
    }
    let graph = schema.graph
    _ = place(of: [schema.rootNode])
    var next = 0
    while next < waiting.count {
      places.append(Place(graph.judging(waiting[next]), place: place))
      next += 1
    }
  }

  /// Goes through all strings and numbers that are worth keeping.
  func visit(_ value: JSONValue, _ keep: (JSONValue, PoolSite) -> Void) {
    visit(value, at: places.count > 1 ? 1 : 0, property: nil, keep)
  }

  private func visit(
    _ value: JSONValue,
    at number: Int,
    property: String?,
    _ keep: (JSONValue, PoolSite) -> Void
  ) {
    let place = places[number]
    switch value {
    case .object(let object):
      for member in object.members {
        let next = place.members[member.name] ?? place.otherMembers
        visit(member.value, at: next, property: member.name, keep)
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        let next =
          index < place.firstItems.count ? place.firstItems[index] : place.otherItems
        visit(item, at: next, property: property, keep)
      }
    case .string(let text):
      guard !place.isFixed, !text.isEmpty, text.utf8.count <= Self.maximumLength else { return }
      keep(value, place.site.named(property))
    case .number:
      if !place.isFixed { keep(value, place.site.named(property)) }
    case .null, .bool:
      break
    }
  }
}

extension ValueHarvester.Place {
  /// Puts together what several schemas say about one value.
  ///
  /// - Parameters:
  ///   - nodes: The schemas.
  ///   - place: The number of the place that other schemas describe.
  init(_ nodes: [SchemaNode], place: ([Int]) -> Int) {
    site = PoolSite(
      schemas: nodes.map(\.location.uri),
      format: nodes.lazy.compactMap(\.format).first
    )
    isFixed = nodes.contains { $0.constant != nil || $0.enumeration != nil }
    for name in nodes.flatMap({ $0.properties.map(\.name) }) where members[name] == nil {
      members[name] = place(
        nodes.flatMap { node in
          let known = node.properties.filter { $0.name == name }.map(\.schema)
          return known.isEmpty ? [node.additionalProperties].compactMap { $0 } : known
        }
      )
    }
    otherMembers = place(nodes.compactMap(\.additionalProperties))
    for index in 0..<(nodes.map(\.prefixItems.count).max() ?? 0) {
      firstItems.append(
        place(
          nodes.compactMap { index < $0.prefixItems.count ? $0.prefixItems[index] : $0.items }
        )
      )
    }
    otherItems = place(nodes.compactMap(\.items))
  }
}

extension SchemaGraph {
  /// The schemas that judge the same value as the given ones, without those that say what it is not.
  fileprivate func judging(_ nodes: [Int]) -> [SchemaNode] {
    var seen: Set<Int> = []
    var waiting = Array(nodes.reversed())
    var result: [SchemaNode] = []
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      let node = self[next]
      if node.booleanSchema == nil { result.append(node) }
      waiting += node.inPlaceSubschemas.filter { $0 != node.not && $0 != node.ifSchema }.reversed()
    }
    return result
  }
}
