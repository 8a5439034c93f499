import JSON

/// Reads one schema into its node and notes what is wrong with it.
struct NodeReader {
  let builder: GraphBuilder
  let target: SchemaIndex.Target
  /// The dynamic scope in which the schema is reached.
  let scope: Int
  let node: SchemaNode
  private var keyword: Keyword?

  // Values that only mean something together with another keyword.

  var minimumIsExclusive = false
  var maximumIsExclusive = false
  var hasItemsList = false
  var additionalItems: Int?
  var minContains: Int?
  var maxContains: Int?
  var thenSchema: Int?
  var elseSchema: Int?

  init(builder: GraphBuilder, target: SchemaIndex.Target, scope: Int, node: SchemaNode) {
    self.builder = builder
    self.target = target
    self.scope = scope
    self.node = node
  }

  /// What the keywords mean here.
  var language: SchemaLanguage { builder.index.resources[target.resource].language }

  /// Reads all keywords.
  mutating func readSchema() {
    switch target.value {
    case .bool(let value):
      node.booleanSchema = value
      if language.dialect == .draft4, !mayBeBooleanInDraft4 {
        report("draft 4 has no Boolean schemas; write {} for true and {\"not\": {}} for false")
      }
    case .object(let object):
      node.assertsFormat =
        builder.options.assertsFormats
        ?? (language.vocabularies.contains(.formatAssertion)
          || language.dialect.assertsFormatsByDefault)
      node.assertsContent = language.dialect.assertsContent
      read(object)
      combine()
    default:
      let expected = language.dialect == .draft4 ? "an object" : "an object or a Boolean"
      report("a schema must be \(expected), found \(target.value.summary)")
    }
  }

  /// Spec: draft-04 Validation §5.3.1.1, §5.4.4.1.
  private var mayBeBooleanInDraft4: Bool {
    ["additionalItems", "additionalProperties"].contains(target.pointer.tokens.last)
  }

  private mutating func read(_ object: JSONObject) {
    let language = language
    let silencesSiblings =
      language.dialect.referenceSilencesSiblings && object["$ref"]?.stringValue != nil
    for member in object.members {
      guard let known = language.keyword(member.name) else {
        node.annotations.append(.init(keyword: member.name, value: member.value))
        continue
      }
      // What stands in definitions beside `$ref` can still be referred to.
      if silencesSiblings, member.name != "$ref", known.name != "definitions" {
        if known.vocabulary != .metadata, known.vocabulary != .core {
          node.silencedKeywords.append(known.name)
        }
        continue
      }
      keyword = known
      known.read(&self, member.value)
    }
    keyword = nil
    for name in object.repeatedNames {
      report("the keyword '\(name)' is given twice", at: [name])
    }
  }

  /// Joins the keywords that only mean something together.
  private mutating func combine() {
    if minimumIsExclusive, let bound = node.minimum {
      node.exclusiveMinimum = bound
      node.minimum = nil
    }
    if maximumIsExclusive, let bound = node.maximum {
      node.exclusiveMaximum = bound
      node.maximum = nil
    }
    if hasItemsList { node.items = additionalItems }
    if node.contains != nil {
      node.minContains = minContains
      node.maxContains = maxContains
    }
    if node.ifSchema != nil {
      node.thenSchema = thenSchema
      node.elseSchema = elseSchema
    }
  }
}

// MARK: - What keywords use

extension NodeReader {
  /// The keyword being read.
  var keywordName: String { keyword?.name ?? "" }

  /// Notes a problem at a place below the schema, or at the keyword being read.
  func report(_ message: String, at tokens: [String]? = nil) {
    let below = tokens ?? (keyword.map { [$0.name] } ?? [])
    builder.report(
      SchemaProblem(
        documentURI: node.location.documentURI,
        pointer: JSONPointer(tokens: node.location.pointer.tokens + below),
        message: message
      )
    )
  }

  /// Notes that the value of the keyword being read is of the wrong kind.
  func reportWrong(_ value: JSONValue, expected: String, at tokens: [String] = []) {
    report(
      "'\(keywordName)' must be \(expected), found \(value.summary)",
      at: [keywordName] + tokens
    )
  }

  /// The node of a schema below the keyword being read.
  func subschema(_ value: JSONValue, _ tokens: String...) -> Int {
    let pointer = JSONPointer(tokens: target.pointer.tokens + [keywordName] + tokens)
    let child = builder.index.target(
      value,
      at: pointer,
      document: target.document,
      within: target.resource
    )
    return builder.node(for: child, scope: scope)
  }

  /// A list of schemas that is not empty.
  func subschemas(_ value: JSONValue) -> [Int] {
    guard case .array(let items) = value, !items.isEmpty else {
      reportWrong(value, expected: "a non-empty array of schemas")
      return []
    }
    return items.enumerated().map { subschema($1, String($0)) }
  }

  /// An object of schemas.
  func namedSubschemas(_ value: JSONValue) -> [SchemaNode.Property] {
    guard case .object(let object) = value else {
      reportWrong(value, expected: "an object of schemas")
      return []
    }
    for name in object.repeatedNames {
      report("the name '\(name)' is given twice", at: [keywordName, name])
    }
    return object.members.map { .init(name: $0.name, schema: subschema($0.value, $0.name)) }
  }

  /// A whole number from 0; what is beyond the range of `Int` is as good as the largest.
  func count(_ value: JSONValue) -> Int? {
    guard case .number(let number) = value, number.isInteger, !number.isNegative else {
      reportWrong(value, expected: "a whole number of at least 0")
      return nil
    }
    return number.int ?? Int.max
  }

  /// A number.
  func number(_ value: JSONValue) -> JSONNumber? {
    guard case .number(let number) = value else {
      reportWrong(value, expected: "a number")
      return nil
    }
    return number
  }

  /// A string.
  func string(_ value: JSONValue) -> String? {
    guard case .string(let string) = value else {
      reportWrong(value, expected: "a string")
      return nil
    }
    return string
  }

  /// A Boolean.
  func bool(_ value: JSONValue) -> Bool? {
    guard case .bool(let bool) = value else {
      reportWrong(value, expected: "true or false")
      return nil
    }
    return bool
  }

  /// An array of strings, each once.
  func names(_ value: JSONValue, below tokens: [String] = []) -> [String] {
    guard case .array(let items) = value else {
      reportWrong(value, expected: "an array of strings", at: tokens)
      return []
    }
    var names: [String] = []
    for (index, item) in items.enumerated() {
      guard case .string(let name) = item else {
        reportWrong(item, expected: "an array of strings", at: tokens + [String(index)])
        continue
      }
      names.append(name)
    }
    return names
  }

  /// A regular expression.
  func pattern(_ source: String, at tokens: [String] = []) -> ECMAPattern? {
    do {
      return try builder.pattern(source)
    } catch {
      report("invalid regular expression '\(source)': \(error)", at: [keywordName] + tokens)
      return nil
    }
  }
}

extension JSONValue {
  /// The value in a few words for a message: scalars as they are, containers by their kind.
  var summary: String {
    switch self {
    case .null, .bool, .number: return shortened(text())
    case .string: return shortened(text())
    case .array(let items): return items.isEmpty ? "an empty array" : "an array"
    case .object(let object): return object.isEmpty ? "an empty object" : "an object"
    }
  }

  private func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 60
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(57))) + "..."
  }
}

extension JSONObject {
  /// The names that occur more than once, found quickly where there are few.
  var repeatedNames: [String] {
    guard count <= 12 else { return duplicateNames }
    for (index, member) in members.enumerated() {
      for other in members[(index + 1)...]
      where other.name.utf8.count == member.name.utf8.count
        && other.name.utf8.elementsEqual(member.name.utf8)
      {
        return duplicateNames
      }
    }
    return []
  }
}
