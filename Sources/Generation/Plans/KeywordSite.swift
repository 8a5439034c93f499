import JSONSchema

/// One assertion of a schema: a keyword and, where it asserts several things, which of them.
struct KeywordSite: Hashable, Comparable, Sendable {
  enum Keyword: UInt8, Sendable {
    case type, constant, enumeration
    case minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf
    case minLength, maxLength, pattern, format, content
    case required, property, patternProperty, additionalProperties, unevaluatedProperties
    case propertyNames, minProperties, maxProperties, dependentRequired, dependentSchema
    case prefixItem, items, unevaluatedItems, contains, maxContains
    case minItems, maxItems, uniqueItems
    case reference, dynamicReference, allOf, anyOf, oneOf, oneOfSeveral, not, then, otherwise
    /// No assertion: the end of a way that is to be gone without breaking anything.
    case place
  }

  var keyword: Keyword
  /// Which name, branch or item; 0 for keywords that assert one thing.
  var index: Int32

  init(_ keyword: Keyword, _ index: Int = 0) {
    self.keyword = keyword
    self.index = Int32(index)
  }

  static func < (left: KeywordSite, right: KeywordSite) -> Bool {
    (left.keyword.rawValue, left.index) < (right.keyword.rawValue, right.index)
  }
}

extension SchemaNode {
  /// Everything that this schema asserts, in a fixed order; nothing for a Boolean schema.
  var keywordSites: [KeywordSite] {
    var sites: [KeywordSite] = []
    func add(_ keyword: KeywordSite.Keyword, if isPresent: Bool) {
      if isPresent { sites.append(KeywordSite(keyword)) }
    }
    func add(_ keyword: KeywordSite.Keyword, count: Int) {
      for index in 0..<count { sites.append(KeywordSite(keyword, index)) }
    }
    add(.type, if: types.map { $0 != .all } ?? false)
    add(.constant, if: constant != nil)
    add(.enumeration, if: enumeration != nil)
    add(.minimum, if: minimum != nil)
    add(.exclusiveMinimum, if: exclusiveMinimum != nil)
    add(.maximum, if: maximum != nil)
    add(.exclusiveMaximum, if: exclusiveMaximum != nil)
    add(.multipleOf, if: multipleOf != nil)
    add(.minLength, if: minLength.map { $0 > 0 } ?? false)
    add(.maxLength, if: maxLength != nil)
    add(.pattern, if: pattern != nil)
    add(.format, if: format != nil && assertsFormat)
    add(.content, if: assertsContent && (contentEncoding != nil || contentMediaType != nil))
    add(.required, count: required.count)
    add(.property, count: properties.count)
    add(.patternProperty, count: patternProperties.count)
    add(.additionalProperties, if: additionalProperties != nil)
    add(.unevaluatedProperties, if: unevaluatedProperties != nil)
    add(.propertyNames, if: propertyNames != nil)
    add(.minProperties, if: minProperties.map { $0 > 0 } ?? false)
    add(.maxProperties, if: maxProperties != nil)
    add(.dependentRequired, count: dependentRequired.count)
    add(.dependentSchema, count: dependentSchemas.count)
    add(.prefixItem, count: prefixItems.count)
    add(.items, if: items != nil)
    add(.unevaluatedItems, if: unevaluatedItems != nil)
    add(.contains, if: contains != nil && minContains != 0)
    add(.maxContains, if: contains != nil && maxContains != nil)
    add(.minItems, if: minItems.map { $0 > 0 } ?? false)
    add(.maxItems, if: maxItems != nil)
    add(.uniqueItems, if: uniqueItems)
    add(.reference, if: reference != nil)
    add(.dynamicReference, if: dynamicReference != nil)
    add(.allOf, count: allOf.count)
    add(.anyOf, if: !anyOf.isEmpty)
    add(.oneOf, if: !oneOf.isEmpty)
    add(.oneOfSeveral, if: oneOf.count > 1)
    add(.not, if: not != nil)
    add(.then, if: ifSchema != nil && thenSchema != nil)
    add(.otherwise, if: ifSchema != nil && elseSchema != nil)
    return sites
  }
}

extension KeywordSite.Keyword {
  /// Whether the keyword hands the value itself to other schemas.
  var isInPlace: Bool {
    switch self {
    case .reference, .dynamicReference, .allOf, .anyOf, .oneOf, .not, .then, .otherwise,
      .dependentSchema:
      true
    default: false
    }
  }

  /// The keyword as schemas spell it.
  func name(in node: SchemaNode) -> String {
    switch self {
    case .constant: "const"
    case .enumeration: "enum"
    case .content: node.contentEncoding == nil ? "contentMediaType" : "contentEncoding"
    case .property: "properties"
    case .patternProperty: "patternProperties"
    case .dependentSchema:
      node.dialect.hasOneKeywordForDependencies ? "dependencies" : "dependentSchemas"
    case .dependentRequired:
      node.dialect.hasOneKeywordForDependencies ? "dependencies" : "dependentRequired"
    case .prefixItem: node.dialect != .draft2020_12 ? "items" : "prefixItems"
    case .items:
      node.dialect != .draft2020_12 && !node.prefixItems.isEmpty ? "additionalItems" : "items"
    case .reference: "$ref"
    case .dynamicReference: node.dynamicReference?.keyword ?? "$dynamicRef"
    case .oneOfSeveral: "oneOf"
    case .otherwise: "else"
    case .place: ""
    default: "\(self)"
    }
  }
}

extension SchemaDialect {
  /// Whether `dependencies` has not yet been split in two.
  fileprivate var hasOneKeywordForDependencies: Bool {
    self != .draft2019_09 && self != .draft2020_12
  }
}
