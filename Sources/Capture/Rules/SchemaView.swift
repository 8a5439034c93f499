import JSON
import JSONSchema

/// What a compiled schema says about one place of a value.
struct SchemaView {
  /// How deep references and alternatives are followed at one place; deeper ones are taken to accept.
  private static let maximumDepth = 32

  let graph: SchemaGraph

  /// The schemas that judge a value: the given ones, what they refer to, and of their alternatives
  /// those that accept the value.
  func applicable(_ roots: [Int], to value: JSONValue) -> [SchemaNode] {
    var seen: Set<Int> = []
    var found: [SchemaNode] = []
    var waiting = Array(roots.reversed())
    while let index = waiting.popLast() {
      guard seen.insert(index).inserted else { continue }
      let node = graph[index]
      found.append(node)
      waiting += next(after: node, for: value).reversed()
    }
    return found
  }

  private func next(after node: SchemaNode, for value: JSONValue) -> [Int] {
    let references = [node.reference?.target, node.dynamicReference?.target].compactMap { $0 }
    let alternatives = (node.anyOf + node.oneOf).filter { accepts(value, node: $0) }
    var conditional: [Int?] = []
    if let condition = node.ifSchema {
      conditional =
        accepts(value, node: condition) ? [condition, node.thenSchema] : [node.elseSchema]
    }
    let dependent = node.dependentSchemas.filter { value[$0.name] != nil }.map(\.schema)
    return references + node.allOf + alternatives + conditional.compactMap { $0 } + dependent
  }

  /// The types that values at a place may have, whichever alternative they take.
  func possibleTypes(_ roots: [Int]) -> SchemaTypes {
    roots.reduce(.all) { $0.intersection(possibleTypes($1, depth: 0)) }
  }

  private func possibleTypes(_ index: Int, depth: Int) -> SchemaTypes {
    let node = graph[index]
    guard depth < Self.maximumDepth else { return .all }
    if let isTrue = node.booleanSchema { return isTrue ? .all : [] }
    var types = node.types.map(Self.withIntegers) ?? .all
    if let values = node.enumeration ?? node.constant.map({ [$0] }) {
      types.formIntersection(values.reduce(into: []) { $0.formUnion(Self.types(of: $1)) })
    }
    for target in [node.reference?.target, node.dynamicReference?.target].compactMap({ $0 })
      + node.allOf
    {
      types.formIntersection(possibleTypes(target, depth: depth + 1))
    }
    for group in [node.anyOf, node.oneOf] where !group.isEmpty {
      let union = group.reduce(into: SchemaTypes()) {
        $0.formUnion(possibleTypes($1, depth: depth + 1))
      }
      types.formIntersection(union)
    }
    return types
  }

  /// Numbers include whole ones.
  private static func withIntegers(_ types: SchemaTypes) -> SchemaTypes {
    types.contains(.number) ? types.union(.integer) : types
  }

  private static func types(of value: JSONValue) -> SchemaTypes {
    switch value {
    case .null: .null
    case .bool: .boolean
    case .number(let number): number.isInteger ? [.integer, .number] : .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}

extension SchemaView {
  /// Whether a schema can be the one that a valid value takes among several.
  ///
  /// Only what tells alternatives apart is looked at; formats and counts are not.
  func accepts(_ value: JSONValue, node index: Int) -> Bool { accepts(value, index, depth: 0) }

  private func accepts(_ value: JSONValue, _ index: Int, depth: Int) -> Bool {
    guard depth < Self.maximumDepth else { return true }
    let node = graph[index]
    if let isTrue = node.booleanSchema { return isTrue }
    guard acceptsItself(value, node) else { return false }
    let below = { (index: Int) in self.accepts(value, index, depth: depth + 1) }
    let mandatory = [node.reference?.target, node.dynamicReference?.target].compactMap { $0 }
    guard (mandatory + node.allOf).allSatisfy(below) else { return false }
    guard node.anyOf.isEmpty || node.anyOf.contains(where: below) else { return false }
    guard node.oneOf.isEmpty || node.oneOf.contains(where: below) else { return false }
    if let not = node.not, graph[not].enumeration ?? graph[not].constant.map({ [$0] }) != nil,
      below(not)
    {
      return false
    }
    return acceptsParts(of: value, node, depth: depth)
  }

  /// The keywords that look at the value alone.
  private func acceptsItself(_ value: JSONValue, _ node: SchemaNode) -> Bool {
    if let types = node.types,
      !types.accepts(SchemaTypes(of: value, dialect: node.dialect))
    {
      return false
    }
    if let constant = node.constant, constant != value { return false }
    if let values = node.enumeration, !values.contains(value) { return false }
    if let text = value.stringValue {
      if let pattern = node.pattern, !pattern.isMatch(text) { return false }
      if let least = node.minLength, text.unicodeScalars.count < least { return false }
      if let most = node.maxLength, text.unicodeScalars.count > most { return false }
    }
    if let number = value.numberValue {
      if let least = node.minimum, number < least { return false }
      if let most = node.maximum, number > most { return false }
    }
    return true
  }

  /// The keywords that look at members and items.
  private func acceptsParts(of value: JSONValue, _ node: SchemaNode, depth: Int) -> Bool {
    switch value {
    case .object(let object):
      guard node.required.allSatisfy({ object[$0] != nil }) else { return false }
      return object.members.allSatisfy { member in
        let schemas = node.properties.filter { $0.name == member.name }.map(\.schema)
        if schemas.isEmpty, node.patternProperties.isEmpty,
          let others = node.additionalProperties
        {
          return accepts(member.value, others, depth: depth + 1)
        }
        return schemas.allSatisfy { accepts(member.value, $0, depth: depth + 1) }
      }
    case .array(let items):
      return items.enumerated().allSatisfy { index, item in
        let schema = index < node.prefixItems.count ? node.prefixItems[index] : node.items
        return schema.map { accepts(item, $0, depth: depth + 1) } ?? true
      }
    default:
      return true
    }
  }
}

extension [SchemaNode] {
  /// The schemas that a member has to satisfy, and whether the schema names it.
  func schemas(ofMember name: String) -> (schemas: [Int], isNamed: Bool) {
    var found: [Int] = []
    var isNamed = false
    for node in self {
      let own = node.properties.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.schema)
      let matching = node.patternProperties.filter { $0.pattern.isMatch(name) }.map(\.schema)
      isNamed = isNamed || !own.isEmpty
      found += own + matching
      if own.isEmpty, matching.isEmpty, let others = node.additionalProperties {
        found.append(others)
      }
    }
    return (found, isNamed)
  }

  /// The schemas that an item has to satisfy.
  func schemas(ofItem index: Int) -> [Int] {
    compactMap { node in
      index < node.prefixItems.count ? node.prefixItems[index] : node.items
    }
  }
}
