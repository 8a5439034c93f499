import JSON

/// What the schema reader knows about one keyword.
///
/// Each keyword is declared in the file that also says how it judges values.
struct Keyword: Sendable {
  /// How a keyword's value holds schemas.
  enum Shape: Sendable {
    /// The value is a schema.
    case one
    /// The value is an array of schemas.
    case list
    /// The value is an object whose members are schemas.
    case map
    /// The value is a schema or an array of schemas.
    case oneOrList
    /// The value is an object whose members are schemas or arrays of names.
    case mapOfSchemasOrNames
  }

  let name: String
  /// How its value holds schemas; `nil` when it holds none.
  let shape: Shape?
  /// The vocabulary that switches it on.
  let vocabulary: SchemaVocabularies
  /// The dialects that know it, see ``SchemaDialect/generation``.
  let generations: ClosedRange<Int>
  /// Whether only the AsyncAPI schema object has it.
  let isAsyncAPIOnly: Bool
  /// Reads its value into the node.
  let read: @Sendable (inout NodeReader, JSONValue) -> Void

  init(
    _ name: String,
    _ shape: Shape? = nil,
    in vocabulary: SchemaVocabularies,
    generations: ClosedRange<Int> = 4...9,
    isAsyncAPIOnly: Bool = false,
    read: @escaping @Sendable (inout NodeReader, JSONValue) -> Void
  ) {
    self.name = name
    self.shape = shape
    self.vocabulary = vocabulary
    self.generations = generations
    self.isAsyncAPIOnly = isAsyncAPIOnly
    self.read = read
  }
}

extension Keyword {
  /// Every keyword of every dialect.
  static let all: [Keyword] = {
    let groups: [[Keyword]] = [
      references, [type, enumeration, constant], numericBounds, [multipleOf], stringLengths,
      [pattern, format], content,
      [required, properties, patternProperties, additionalProperties, propertyNames],
      propertyCounts, dependencies, items, contains, [uniqueItems], itemCounts,
      [allOf, anyOf, oneOf, not], conditions, unevaluated, metadata,
    ]
    return groups.flatMap(\.self)
  }()

  private static let tables: [[String: Keyword]] = (0...9).map { generation in
    let known = all.filter { $0.generations.contains(generation) }
    return Dictionary(known.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The keywords of the dialects of one generation, by name.
  static func table(generation: Int) -> [String: Keyword] { tables[generation] }
}

extension Keyword.Shape {
  /// Calls with each schema in a keyword's value and the way to it from there.
  func forEachSubschema(of value: JSONValue, _ body: (JSONValue, [String]) -> Void) {
    switch (self, value) {
    case (.one, _):
      body(value, [])
    case (.list, .array(let schemas)), (.oneOrList, .array(let schemas)):
      for (index, schema) in schemas.enumerated() { body(schema, [String(index)]) }
    case (.oneOrList, _):
      body(value, [])
    case (.map, .object(let object)):
      for member in object.members { body(member.value, [member.name]) }
    case (.mapOfSchemasOrNames, .object(let object)):
      for member in object.members where member.value.kind != .array {
        body(member.value, [member.name])
      }
    case (.list, _), (.map, _), (.mapOfSchemasOrNames, _):
      break
    }
  }
}
