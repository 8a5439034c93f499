import JSON
import JSONSchema

extension PlanBuilder {
  /// The branches of a requirement that leaves a choice, each as further requirements.
  func alternatives(of atom: Atom, besides rest: [Atom]) throws(Contradiction) -> [[Atom]] {
    let index = Int(atom.node)
    let node = graph[index]
    switch atom.kind {
    case .anyOf: return node.anyOf.map { [.node($0)] }
    case .oneOf: return oneOf(node, besides: rest)
    case .condition:
      guard let condition = node.ifSchema else { return [[]] }
      let then = [.node(condition)] + (node.thenSchema.map { [Atom.node($0)] } ?? [])
      let otherwise = [.negated(condition)] + (node.elseSchema.map { [Atom.node($0)] } ?? [])
      return [then, otherwise]
    case .dependent:
      let dependent = node.dependentSchemas[Int(atom.site?.index ?? 0)]
      let name = number(of: dependent.name)
      // A value that is no object has no members.
      return [[Atom(.forbids, name)], [Atom(.requires, name), .node(dependent.schema)]]
    case .several:
      let branches = node.oneOf
      return branches.indices.flatMap { first in
        branches.indices.filter { $0 > first }.map { second in
          [.node(branches[first]), .node(branches[second])]
        }
      }
    case .negated:
      let others = rest.filter { $0.kind == .negated || $0.kind == .avoided }.count
      return try violations(of: index, isLeftToRetries: others >= Self.maximumNegations)
    default: return [[]]
    }
  }

  /// One branch of `oneOf`, with the others kept out unless they cannot match anyway.
  private func oneOf(_ node: SchemaNode, besides rest: [Atom]) -> [[Atom]] {
    let branches = node.oneOf
    let required = rest.flatMap { (atom: Atom) -> [String] in
      switch atom.kind {
      case .own where atom.site == nil: return graph[Int(atom.node)].required
      case .requires: return [names[Int(atom.node)]]
      default: return []
      }
    }
    let tags = branches.map { TagValues(of: $0, required: required, in: graph) }
    return branches.indices.map { chosen in
      let others = branches.indices.filter { other in
        other != chosen
          && !(tags[chosen].excludes(tags[other])
            || areDisjoint(branches[chosen], branches[other], among: branches.count))
      }
      // Few others are violated by construction, many are left to retries.
      let isFew = others.count <= Self.maximumNegations
      return [.node(branches[chosen])]
        + others.map { isFew ? .negated(branches[$0]) : .avoided(branches[$0]) }
    }
  }

  /// Whether no value is accepted by both schemas, as far as a quick look shows it.
  private func areDisjoint(_ left: Int, _ right: Int, among count: Int) -> Bool {
    if types(of: left).isDisjoint(with: types(of: right)) { return true }
    return count <= 16 && isPlainlyImpossible(plan(for: [.node(left), .node(right)]))
  }

  /// The types that a schema can accept, as far as `type` says it.
  private func types(of index: Int, depth: Int = 0) -> SchemaTypes {
    let node = graph[index]
    var types = node.types?.withIntegers ?? .all
    guard depth < 16 else { return types }
    let targets = [node.reference?.target, node.dynamicReference?.target].compactMap { $0 }
    for target in targets + node.allOf {
      types.formIntersection(self.types(of: target, depth: depth + 1))
    }
    return types
  }

  /// A negation in simpler terms, or `nil` where a way to violate the schema has to be chosen.
  func simplified(negationOf index: Int) throws(Contradiction) -> [Atom]? {
    let node = graph[index]
    if let constant = node.booleanSchema {
      if !constant { return [] }
      throw Contradiction(node: index, reason: "'not' of a schema that accepts everything")
    }
    let sites = node.keywordSites.filter { $0.keyword != .oneOfSeveral }
    guard let only = sites.first else {
      throw Contradiction(node: index, reason: "'not' of a schema that accepts everything")
    }
    guard sites.count == 1 else { return nil }
    switch only.keyword {
    case .not: return node.not.map { [.node($0)] }
    case .reference: return node.reference.map { [.negated($0.target)] }
    case .dynamicReference: return node.dynamicReference.map { [.negated($0.target)] }
    case .allOf: return [.negated(node.allOf[0])]
    case .anyOf: return node.anyOf.map { .negated($0) }
    case .type: return try violating(BreakPoint(steps: [.init(node: index, site: only)]))
    default: return nil
    }
  }

  /// The ways to be rejected by a schema.
  private func violations(
    of index: Int,
    isLeftToRetries: Bool
  ) throws(Contradiction) -> [[Atom]] {
    if isLeftToRetries { return [[.avoided(index)]] }
    var ways: [[Atom]] = []
    var isComplete = true
    for site in graph[index].keywordSites {
      guard let isCertain = site.isCertain else {
        isComplete = false
        continue
      }
      do throws(Contradiction) {
        let way = try violating(BreakPoint(steps: [.init(node: index, site: site)]))
        ways.append(isCertain ? way : way + [.avoided(index)])
      } catch {
        isComplete = false
      }
    }
    if !isComplete { ways.append([.avoided(index)]) }
    return ways
  }
}

extension KeywordSite {
  /// Whether what violates this assertion for a leaf surely does so for the schema; `nil` where a
  /// leaf cannot be made to violate it.
  fileprivate var isCertain: Bool? {
    switch keyword {
    case .type, .constant, .enumeration, .required, .property, .minimum, .maximum,
      .exclusiveMinimum, .exclusiveMaximum, .minLength, .maxLength, .minItems, .maxItems,
      .reference, .dynamicReference, .allOf, .not:
      true
    case .multipleOf, .pattern, .patternProperty, .additionalProperties, .unevaluatedProperties,
      .propertyNames, .minProperties, .maxProperties, .dependentRequired, .prefixItem, .items,
      .unevaluatedItems, .contains, .maxContains, .uniqueItems:
      false
    default: nil
    }
  }
}
