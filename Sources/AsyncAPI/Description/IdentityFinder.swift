import Contract
import JSON
import JSONSchema

/// Finds what tells messages apart: a member that has another fixed value in each of them.
///
/// A value is fixed by `const` or by an `enum` of one value, in the schema itself or in what `$ref`,
/// `allOf`, `anyOf` and `oneOf` make of it. Of several members `/type` is preferred, then the one that
/// tells the most messages apart, then the one nearest to the root. A message whose value another
/// one may have as well gets no identity.
struct IdentityFinder {
  /// How deep a member may stand.
  private static let maximumDepth = 3
  /// How many members are considered.
  private static let maximumCandidates = 64
  private static let preferred = JSONPointer(tokens: ["type"])

  private let schemas: [CompiledSchema]

  /// Takes the payload schemas of all messages.
  init(_ schemas: [CompiledSchema]) { self.schemas = schemas }

  /// The identity of each message, in order.
  ///
  /// The groups are the messages of each direction, as indexes; only messages of one direction need
  /// to be told apart.
  func identities(in groups: [[Int]]) -> [MessageIdentity?] {
    var found = [MessageIdentity?](repeating: nil, count: schemas.count)
    var isDecided = [Bool](repeating: false, count: schemas.count)
    var favourite: JSONPointer?
    for group in groups {
      guard let best = best(for: group, favourite: favourite) else { continue }
      favourite = favourite ?? best.pointer
      for (message, value) in zip(group, best.values) {
        let identity = value.map { MessageIdentity(pointer: best.pointer, value: $0) }
        // A message that travels both ways has one identity, which must hold for both.
        let holds = !isDecided[message] || found[message] == identity
        found[message] = holds ? identity : nil
        isDecided[message] = true
      }
    }
    return found
  }

  private typealias Choice = (pointer: JSONPointer, values: [JSONValue?], count: Int)

  /// The member that tells the most messages of a group apart.
  private func best(for group: [Int], favourite: JSONPointer?) -> Choice? {
    var best: Choice?
    for pointer in candidates(of: group, favourite: favourite) {
      let values = distinctValues(at: pointer, in: group)
      let count = values.count { $0 != nil }
      if count > best?.count ?? 0 { best = (pointer, values, count) }
      if count == group.count { break }
    }
    return best
  }

  /// The fixed value of each message that no other message of the group may have.
  private func distinctValues(at pointer: JSONPointer, in group: [Int]) -> [JSONValue?] {
    let domains = group.map { message in
      var reader = DomainReader(graph: schemas[message].graph, tokens: pointer.tokens)
      return reader.domain()
    }
    var counts: [JSONValue: Int] = [:]
    for domain in domains { for value in domain ?? [] { counts[value, default: 0] += 1 } }
    return domains.map { domain in
      guard let domain, domain.count == 1, let value = domain.first, counts[value] == 1 else {
        return nil
      }
      return value
    }
  }

  /// The members that have a fixed value in some message, in order of preference.
  private func candidates(of group: [Int], favourite: JSONPointer?) -> [JSONPointer] {
    var seen: Set<JSONPointer> = []
    var all: [JSONPointer] = []
    for message in group {
      let collector = CandidateCollector(
        graph: schemas[message].graph,
        maximumDepth: Self.maximumDepth,
        maximumCount: Self.maximumCandidates
      )
      for pointer in collector.collect() where seen.insert(pointer).inserted { all.append(pointer) }
    }
    func rank(_ pointer: JSONPointer) -> Int {
      if pointer == favourite { return -2 }
      return pointer == Self.preferred ? -1 : pointer.tokens.count
    }
    let ordered = all.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    return ordered.prefix(Self.maximumCandidates).map(\.element)
  }
}

/// Collects the members of a schema that `const` or `enum` say something about.
private struct CandidateCollector {
  let graph: SchemaGraph
  let maximumDepth: Int
  let maximumCount: Int

  private struct Place: Hashable {
    let node: Int
    let tokens: [String]
  }

  func collect() -> [JSONPointer] {
    var found: [JSONPointer] = []
    var seen: Set<Place> = []
    var open = [Place(node: graph.rootNode, tokens: [])]
    var next = 0
    while next < open.count, found.count < maximumCount, open.count < 10_000 {
      let place = open[next]
      next += 1
      guard seen.insert(place).inserted else { continue }
      let node = graph[place.node]
      if !place.tokens.isEmpty, node.constant != nil || node.enumeration != nil {
        found.append(JSONPointer(tokens: place.tokens))
      }
      let inPlace =
        [node.reference?.target, node.dynamicReference?.target].compactMap { $0 } + node.allOf
        + node.anyOf + node.oneOf
      open += inPlace.map { Place(node: $0, tokens: place.tokens) }
      guard place.tokens.count < maximumDepth else { continue }
      open += node.properties.map { Place(node: $0.schema, tokens: place.tokens + [$0.name]) }
    }
    return found
  }
}

/// Works out which values a schema lets a member have.
private struct DomainReader {
  /// How far references and alternatives are followed without entering the value.
  private static let maximumDepth = 64

  private struct Key: Hashable {
    let node: Int
    let depth: Int
  }

  let graph: SchemaGraph
  let tokens: [String]
  private var known: [Key: Set<JSONValue>?] = [:]

  init(graph: SchemaGraph, tokens: [String]) {
    self.graph = graph
    self.tokens = tokens
  }

  /// The values, or `nil` where they are not limited to some.
  mutating func domain() -> Set<JSONValue>? { domain(graph.rootNode, depth: 0, inPlace: 0) }

  /// What a schema makes of the rest of the path behind its first `depth` steps; `inPlace` schemas
  /// for the same value lead to it.
  private mutating func domain(_ node: Int, depth: Int, inPlace: Int) -> Set<JSONValue>? {
    guard inPlace < Self.maximumDepth else { return nil }
    let key = Key(node: node, depth: depth)
    if let known = known[key] { return known }
    known[key] = .some(nil)
    let result = compute(graph[node], depth: depth, inPlace: inPlace)
    known[key] = .some(result)
    return result
  }

  private mutating func compute(
    _ node: SchemaNode,
    depth: Int,
    inPlace: Int
  ) -> Set<JSONValue>? {
    var domain: Set<JSONValue>?
    func narrow(_ other: Set<JSONValue>?) {
      guard let other else { return }
      domain = domain?.intersection(other) ?? other
    }
    if depth == tokens.count {
      narrow(node.constant.map { [$0] })
      narrow(node.enumeration.map { Set($0) })
    } else {
      for property in node.properties where property.name.utf8.elementsEqual(tokens[depth].utf8) {
        narrow(self.domain(property.schema, depth: depth + 1, inPlace: 0))
      }
    }
    let joined =
      [node.reference?.target, node.dynamicReference?.target].compactMap { $0 } + node.allOf
    for part in joined { narrow(self.domain(part, depth: depth, inPlace: inPlace + 1)) }
    for alternatives in [node.anyOf, node.oneOf] where !alternatives.isEmpty {
      narrow(union(of: alternatives, depth: depth, inPlace: inPlace + 1))
    }
    return domain
  }

  private mutating func union(
    of alternatives: [Int],
    depth: Int,
    inPlace: Int
  ) -> Set<JSONValue>? {
    var union: Set<JSONValue> = []
    for alternative in alternatives {
      guard let values = domain(alternative, depth: depth, inPlace: inPlace) else { return nil }
      union.formUnion(values)
    }
    return union
  }
}
