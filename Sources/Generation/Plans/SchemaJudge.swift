import JSON
import JSONSchema

/// Judges values against single nodes of a graph, while a value is still being made.
///
/// The finished value is judged by the validator; this one is asked about candidates and parts, and
/// can leave one assertion out, for values that are meant to break it.
struct SchemaJudge {
  let graph: SchemaGraph
  /// Assertions that are taken to hold.
  var omissions: [(node: Int, site: KeywordSite)] = []

  /// How deep schemas and values may be nested in each other; what is deeper is rejected.
  static let maximumDepth = 1024

  private let meter: WorkMeter
  /// Whether it matters to any schema what the others have looked at.
  private let tracksEvaluated: Bool
  /// Where the properties of schemas with many of them stand.
  private let tables = NameTables()

  init(_ graph: SchemaGraph, meter: WorkMeter) {
    self.graph = graph
    self.meter = meter
    tracksEvaluated = graph.nodes.contains {
      $0.unevaluatedProperties != nil || $0.unevaluatedItems != nil
    }
  }

  /// Whether a schema accepts a value.
  func accepts(_ value: JSONValue, node: Int) -> Bool {
    evaluate(value, node, depth: 0) != nil
  }

  /// The members and items that the keywords of a schema have looked at.
  private struct Evaluated {
    var names: Set<[UInt8]> = []
    var items: Set<Int> = []
    var allNames = false
    var allItems = false

    mutating func formUnion(_ other: Evaluated) {
      names.formUnion(other.names)
      items.formUnion(other.items)
      allNames = allNames || other.allNames
      allItems = allItems || other.allItems
    }
  }

  private func isOmitted(_ node: Int, _ site: KeywordSite) -> Bool {
    omissions.contains { $0.node == node && $0.site == site }
  }

  private func evaluate(_ value: JSONValue, _ index: Int, depth: Int) -> Evaluated? {
    if case .string(let text) = value {
      meter.spend(1 + text.utf8.count / 64)
    } else {
      meter.spend(1)
    }
    let node = graph[index]
    if let constant = node.booleanSchema { return constant ? Evaluated() : nil }
    guard depth < Self.maximumDepth, holds(value, node) else { return nil }
    var evaluated = Evaluated()
    guard inPlace(value, node, &evaluated, depth: depth + 1) else { return nil }
    switch value {
    case .object(let object):
      guard members(object, node, &evaluated, depth: depth + 1) else { return nil }
    case .array(let items):
      guard self.items(items, node, &evaluated, depth: depth + 1) else { return nil }
    default: break
    }
    return evaluated
  }

  // MARK: Keywords that hand the value on

  private func inPlace(
    _ value: JSONValue,
    _ node: SchemaNode,
    _ evaluated: inout Evaluated,
    depth: Int
  ) -> Bool {
    func adopt(_ target: Int, _ site: KeywordSite) -> Bool {
      guard let inner = evaluate(value, target, depth: depth) else {
        return isOmitted(node.index, site)
      }
      evaluated.formUnion(inner)
      return true
    }
    if let target = node.reference?.target, !adopt(target, KeywordSite(.reference)) { return false }
    if let target = node.dynamicReference?.target, !adopt(target, KeywordSite(.dynamicReference)) {
      return false
    }
    for (index, target) in node.allOf.enumerated() {
      guard adopt(target, KeywordSite(.allOf, index)) else { return false }
    }
    if !node.anyOf.isEmpty {
      let results = node.anyOf.compactMap { evaluate(value, $0, depth: depth) }
      for result in results { evaluated.formUnion(result) }
      if results.isEmpty, !isOmitted(node.index, KeywordSite(.anyOf)) { return false }
    }
    if !node.oneOf.isEmpty {
      let results = node.oneOf.compactMap { evaluate(value, $0, depth: depth) }
      for result in results { evaluated.formUnion(result) }
      if results.isEmpty, !isOmitted(node.index, KeywordSite(.oneOf)) { return false }
      if results.count > 1, !isOmitted(node.index, KeywordSite(.oneOfSeveral)) { return false }
    }
    if let target = node.not, evaluate(value, target, depth: depth) != nil {
      guard isOmitted(node.index, KeywordSite(.not)) else { return false }
    }
    if let condition = node.ifSchema {
      if let inner = evaluate(value, condition, depth: depth) {
        evaluated.formUnion(inner)
        if let target = node.thenSchema, !adopt(target, KeywordSite(.then)) { return false }
      } else if let target = node.elseSchema, !adopt(target, KeywordSite(.otherwise)) {
        return false
      }
    }
    if case .object(let object) = value {
      for (index, dependent) in node.dependentSchemas.enumerated()
      where object[dependent.name] != nil {
        guard adopt(dependent.schema, KeywordSite(.dependentSchema, index)) else { return false }
      }
    }
    return true
  }

  // MARK: Keywords about the value alone

  private func holds(_ value: JSONValue, _ node: SchemaNode) -> Bool {
    func isBroken(_ keyword: KeywordSite.Keyword, _ isWrong: Bool) -> Bool {
      isWrong && !isOmitted(node.index, KeywordSite(keyword))
    }
    if let types = node.types,
      isBroken(.type, !types.accepts(SchemaTypes(of: value, dialect: node.dialect)))
    {
      return false
    }
    if let constant = node.constant, isBroken(.constant, constant != value) { return false }
    if let values = node.enumeration, !isOmitted(node.index, KeywordSite(.enumeration)),
      !values.contains(value)
    {
      return false
    }
    switch value {
    case .number(let number):
      if let bound = node.minimum, isBroken(.minimum, number < bound) { return false }
      if let bound = node.maximum, isBroken(.maximum, number > bound) { return false }
      if let bound = node.exclusiveMinimum, isBroken(.exclusiveMinimum, number <= bound) {
        return false
      }
      if let bound = node.exclusiveMaximum, isBroken(.exclusiveMaximum, number >= bound) {
        return false
      }
      if let step = node.multipleOf, isBroken(.multipleOf, !number.isMultiple(of: step)) {
        return false
      }
      return true
    case .string(let text):
      let length = text.unicodeScalars.count
      if let bound = node.minLength, isBroken(.minLength, length < bound) { return false }
      if let bound = node.maxLength, isBroken(.maxLength, length > bound) { return false }
      if let pattern = node.pattern, isBroken(.pattern, !pattern.isMatch(text)) { return false }
      return true
    default: return true
    }
  }

  // MARK: Objects

  private func members(
    _ object: JSONObject,
    _ node: SchemaNode,
    _ evaluated: inout Evaluated,
    depth: Int
  ) -> Bool {
    func isBroken(_ site: KeywordSite, _ isWrong: Bool) -> Bool {
      isWrong && !isOmitted(node.index, site)
    }
    if let bound = node.minProperties,
      isBroken(KeywordSite(.minProperties), object.count < bound)
    {
      return false
    }
    if let bound = node.maxProperties,
      isBroken(KeywordSite(.maxProperties), object.count > bound)
    {
      return false
    }
    let names = MemberNames(object)
    for (index, name) in node.required.enumerated()
    where isBroken(KeywordSite(.required, index), !names.contains(name)) {
      return false
    }
    for (index, dependent) in node.dependentRequired.enumerated()
    where object[dependent.name] != nil {
      let isMissing = dependent.required.contains { object[$0] == nil }
      if isBroken(KeywordSite(.dependentRequired, index), isMissing) { return false }
    }
    for member in object.members {
      guard
        self.member(member, node, &evaluated, depth: depth)
      else { return false }
    }
    if node.additionalProperties != nil { evaluated.allNames = true }
    if let schema = node.unevaluatedProperties {
      for member in object.members
      where !evaluated.allNames && !evaluated.names.contains(Array(member.name.utf8)) {
        let isWrong = evaluate(member.value, schema, depth: depth) == nil
        if isBroken(KeywordSite(.unevaluatedProperties), isWrong) { return false }
      }
      evaluated.allNames = true
    }
    return true
  }

  private func member(
    _ member: JSONObject.Member,
    _ node: SchemaNode,
    _ evaluated: inout Evaluated,
    depth: Int
  ) -> Bool {
    func isBroken(_ site: KeywordSite, by schema: Int, _ value: JSONValue) -> Bool {
      evaluate(value, schema, depth: depth) == nil && !isOmitted(node.index, site)
    }
    if let schema = node.propertyNames,
      isBroken(KeywordSite(.propertyNames), by: schema, .string(member.name))
    {
      return false
    }
    var isKnown = false
    if let index = tables.place(of: member.name, in: node) {
      isKnown = true
      let schema = node.properties[index].schema
      if isBroken(KeywordSite(.property, index), by: schema, member.value) { return false }
    }
    for (index, property) in node.patternProperties.enumerated()
    where property.pattern.isMatch(member.name) {
      isKnown = true
      if isBroken(KeywordSite(.patternProperty, index), by: property.schema, member.value) {
        return false
      }
    }
    if isKnown {
      if tracksEvaluated { evaluated.names.insert(Array(member.name.utf8)) }
    } else if let schema = node.additionalProperties {
      return !isBroken(KeywordSite(.additionalProperties), by: schema, member.value)
    }
    return true
  }

  // MARK: Arrays

  private func items(
    _ items: [JSONValue],
    _ node: SchemaNode,
    _ evaluated: inout Evaluated,
    depth: Int
  ) -> Bool {
    func isBroken(_ site: KeywordSite, _ isWrong: Bool) -> Bool {
      isWrong && !isOmitted(node.index, site)
    }
    if let bound = node.minItems, isBroken(KeywordSite(.minItems), items.count < bound) {
      return false
    }
    if let bound = node.maxItems, isBroken(KeywordSite(.maxItems), items.count > bound) {
      return false
    }
    if node.uniqueItems, isBroken(KeywordSite(.uniqueItems), Set(items).count < items.count) {
      return false
    }
    for (index, item) in items.enumerated() {
      if index < node.prefixItems.count {
        let isWrong = evaluate(item, node.prefixItems[index], depth: depth) == nil
        if isBroken(KeywordSite(.prefixItem, index), isWrong) { return false }
        if tracksEvaluated { evaluated.items.insert(index) }
      } else if let schema = node.items {
        let isWrong = evaluate(item, schema, depth: depth) == nil
        if isBroken(KeywordSite(.items), isWrong) { return false }
      }
    }
    if node.items != nil { evaluated.allItems = true }
    if let schema = node.contains {
      let matches = items.indices.filter { evaluate(items[$0], schema, depth: depth) != nil }
      if node.dialect == .draft2020_12 { evaluated.items.formUnion(matches) }
      if isBroken(KeywordSite(.contains), matches.count < node.minContains ?? 1) { return false }
      if let bound = node.maxContains, isBroken(KeywordSite(.maxContains), matches.count > bound) {
        return false
      }
    }
    if let schema = node.unevaluatedItems {
      for (index, item) in items.enumerated()
      where !evaluated.allItems && !evaluated.items.contains(index) {
        let isWrong = evaluate(item, schema, depth: depth) == nil
        if isBroken(KeywordSite(.unevaluatedItems), isWrong) { return false }
      }
      evaluated.allItems = true
    }
    return true
  }
}
