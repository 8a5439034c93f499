import JSON

/// What values of one place have in common, as a schema.
struct SchemaSample {
  private var kinds: [String] = []
  private var count = 0
  private var objectCount = 0
  private var names: [String] = []
  private var members: [String: SchemaSample] = [:]
  private var items: [SchemaSample] = []
  private var formats: Set<String>?
  private var words = WordSample()
  private var isNegative = false

  /// Looks at one more value.
  mutating func add(_ value: JSONValue) {
    count += 1
    note(kind(of: value))
    switch value {
    case .object(let object):
      objectCount += 1
      for member in object.members {
        if members[member.name] == nil { names.append(member.name) }
        members[member.name, default: SchemaSample()].add(member.value)
      }
    case .array(let values):
      if items.isEmpty { items.append(SchemaSample()) }
      for value in values { items[0].add(value) }
    case .string(let text):
      let own = Self.formats(of: text)
      formats = formats.map { $0.intersection(own) } ?? own
      words.add(text)
    case .number(let number): isNegative = isNegative || number.isNegative
    default: break
    }
  }

  private mutating func note(_ kind: String) {
    guard !kinds.contains(kind) else { return }
    // A place that had whole numbers and fractions has numbers.
    if kind == "number", let index = kinds.firstIndex(of: "integer") {
      kinds[index] = kind
    } else if kind != "integer" || !kinds.contains("number") {
      kinds.append(kind)
    }
  }

  private func kind(of value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .number(let number): number.isInteger ? "integer" : "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  private static func formats(of text: String) -> Set<String> {
    if UUIDText.isUUID(text) { return ["uuid"] }
    if Timestamp.isTimestamp(text) { return ["date-time"] }
    return []
  }

  /// The schema.
  ///
  /// - Parameter fixed: Members whose value is always the same, by name; the others are told by type.
  /// - Returns: A schema that every value that was looked at satisfies.
  func schema(fixed: [String: JSONValue] = [:]) -> JSONValue {
    var schema = JSONObject()
    if kinds.count == 1 {
      schema["type"] = .string(kinds[0])
    } else if !kinds.isEmpty {
      schema["type"] = .array(kinds.map { .string($0) })
    }
    if kinds.contains("string"), let format = formats?.first, formats?.count == 1 {
      schema["format"] = .string(format)
    } else if kinds == ["string"], let words = words.closedSet {
      schema["enum"] = .array(words.map { .string($0) })
    }
    if kinds.contains("integer") || kinds.contains("number"), !isNegative {
      schema["minimum"] = 0
    }
    if let items = items.first, items.count > 0 { schema["items"] = items.schema() }
    if kinds.contains("object") { addMembers(to: &schema, fixed) }
    return .object(schema)
  }

  private func addMembers(to schema: inout JSONObject, _ fixed: [String: JSONValue]) {
    // Names that are ids are keys of a map.
    if !names.isEmpty, names.allSatisfy(UUIDText.isUUID) {
      var all = SchemaSample()
      for name in names { if let member = members[name] { all.merge(member) } }
      schema["additionalProperties"] = all.schema()
      return
    }
    let required = names.filter { members[$0]?.count == objectCount }
    if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
    schema["properties"] = .object(
      JSONObject(
        names.map { name in
          let value = fixed[name].map { ["const": $0] as JSONValue }
          return .init(name: name, value: value ?? members[name]?.schema() ?? [:])
        }
      )
    )
  }

  /// Takes in what another sample has seen.
  private mutating func merge(_ other: SchemaSample) {
    count += other.count
    objectCount += other.objectCount
    for kind in other.kinds { note(kind) }
    for name in other.names {
      guard let member = other.members[name] else { continue }
      if members[name] == nil { names.append(name) }
      members[name, default: SchemaSample()].merge(member)
    }
    if let first = other.items.first {
      if items.isEmpty { items.append(SchemaSample()) }
      items[0].merge(first)
    }
    if let own = other.formats { formats = formats.map { $0.intersection(own) } ?? own }
    words.merge(other.words)
    isNegative = isNegative || other.isNegative
  }
}
