import JSON

/// What can be said about a schema for all values of one kind without seeing the value.
enum StaticVerdict: UInt8 {
  case accepts, rejects, depends
}

/// Finds out what schemas do with whole kinds of values, and remembers it.
struct StaticVerdicts {
  /// How far references and lists are followed before giving up.
  private static let maximumDepth = 24
  private static let kindCount = 8

  private let graph: SchemaGraph
  private var known: [StaticVerdict?]

  init(_ graph: SchemaGraph) {
    self.graph = graph
    known = Array(repeating: nil, count: graph.nodes.count * Self.kindCount)
  }

  /// What a schema does with values of a kind.
  mutating func verdict(
    _ schema: Int,
    _ kind: JSONTape.Kind,
    depth: Int = 0
  ) -> StaticVerdict {
    let place = schema * Self.kindCount + Int(kind.rawValue)
    if let verdict = known[place] { return verdict }
    guard depth < Self.maximumDepth else { return .depends }
    let verdict = work(out: graph.nodes[schema], kind, depth: depth)
    known[place] = verdict
    return verdict
  }

  private mutating func work(
    out node: SchemaNode,
    _ kind: JSONTape.Kind,
    depth: Int
  ) -> StaticVerdict {
    if let constant = node.booleanSchema { return constant ? .accepts : .rejects }
    if let types = node.types, types.isDisjoint(with: SchemaTypes(kind: kind)) { return .rejects }
    if let constant = node.constant, !constant.isOf(kind) { return .rejects }
    if let values = node.enumeration, !values.contains(where: { $0.isOf(kind) }) {
      return .rejects
    }
    var verdict: StaticVerdict = node.constrains(kind) ? .depends : .accepts
    for other in node.conjuncts {
      switch self.verdict(other, kind, depth: depth + 1) {
      case .rejects: return .rejects
      case .depends: verdict = .depends
      case .accepts: break
      }
    }
    return verdict
  }
}

extension SchemaTypes {
  /// The types that values of a kind may have.
  init(kind: JSONTape.Kind) {
    switch kind {
    case .null, .end: self = .null
    case .true, .false: self = .boolean
    case .number: self = [.number, .integer]
    case .string, .key: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }
}

extension JSONValue {
  /// Whether the value is of a kind of the tape.
  func isOf(_ kind: JSONTape.Kind) -> Bool {
    switch (self, kind) {
    case (.null, .null), (.number, .number), (.string, .string), (.string, .key), (.array, .array),
      (.object, .object), (.bool(true), .true), (.bool(false), .false):
      true
    default: false
    }
  }
}

extension SchemaNode {
  /// The schemas that the same value must satisfy too, whatever it is.
  var conjuncts: [Int] {
    [reference?.target, dynamicReference?.target].compactMap { $0 } + allOf
  }

  /// Whether some keyword here, ``conjuncts`` aside, may reject a value of a kind that `type` lets
  /// through.
  func constrains(_ kind: JSONTape.Kind) -> Bool {
    if !anyOf.isEmpty || !oneOf.isEmpty || not != nil || ifSchema != nil { return true }
    switch kind {
    case .null, .true, .false, .end:
      // The value is the only one of its kind, and it is among the constants.
      return false
    case .number:
      return constant != nil || enumeration != nil || types?.contains(.number) == false
        || minimum != nil || exclusiveMinimum != nil || maximum != nil || exclusiveMaximum != nil
        || multipleOf != nil || numericFormat != nil
    case .string, .key:
      return constant != nil || enumeration != nil || minLength != nil || maxLength != nil
        || pattern != nil || (assertsFormat && stringFormat != nil) || contentCheck != nil
    case .array:
      return constant != nil || enumeration != nil || !prefixItems.isEmpty || items != nil
        || contains != nil || uniqueItems || minItems != nil || maxItems != nil
        || unevaluatedItems != nil
    case .object:
      return constant != nil || enumeration != nil || !required.isEmpty || !properties.isEmpty
        || !patternProperties.isEmpty || additionalProperties != nil || propertyNames != nil
        || minProperties != nil || maxProperties != nil || !dependentRequired.isEmpty
        || !dependentSchemas.isEmpty || unevaluatedProperties != nil
    }
  }

  /// What the content keywords demand, where they judge.
  var contentCheck: ContentCheck? {
    guard assertsContent, contentEncoding != nil || contentMediaType != nil else { return nil }
    return ContentCheck(encoding: contentEncoding, mediaType: contentMediaType)
  }

  /// The format as one that judges numbers.
  var numericFormat: NumericFormat? {
    guard assertsFormat, dialect == .asyncAPI else { return nil }
    return format.flatMap(NumericFormat.init(rawValue:))
  }
}
