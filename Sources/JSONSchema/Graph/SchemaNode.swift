package import JSON

/// One schema with its keywords as typed values.
///
/// References, dynamic ones too, are node indexes of the same ``SchemaGraph``: a schema that a
/// `$dynamicRef` reads differently depending on the way to it has a node for each reading. Keywords
/// that do nothing are left out: `then` without `if`, `minContains` without `contains`, and in
/// draft 7 and before everything beside `$ref`.
package struct SchemaNode: Sendable {
  /// Its place in ``SchemaGraph/nodes``.
  package let index: Int
  /// Where it stands.
  package let location: SchemaLocation
  /// What its keywords mean.
  package let dialect: SchemaDialect
  /// The truth value of a Boolean schema; `nil` for an object.
  package var booleanSchema: Bool?

  // References.

  /// `$ref`.
  package var reference: SchemaReference?
  /// `$dynamicRef` or `$recursiveRef`, followed already.
  package var dynamicReference: SchemaReference?

  // Any type.

  /// `type`; `nil` when absent.
  package var types: SchemaTypes?
  /// `enum`; `nil` when absent.
  package var enumeration: [JSONValue]?
  /// `const`; `nil` when absent.
  package var constant: JSONValue?

  // Numbers; the Boolean bounds of draft 4 are read as `exclusiveMinimum` and `exclusiveMaximum`.

  package var minimum: JSONNumber?
  package var exclusiveMinimum: JSONNumber?
  package var maximum: JSONNumber?
  package var exclusiveMaximum: JSONNumber?
  package var multipleOf: JSONNumber?

  // Strings; lengths in Unicode scalars.

  package var minLength: Int?
  package var maxLength: Int?
  package var pattern: ECMAPattern?
  /// `format`, known or not.
  package var format: String?
  /// Whether `format` rejects values.
  package var assertsFormat = false
  package var contentEncoding: String?
  package var contentMediaType: String?
  package var contentSchema: Int?
  /// Whether the content keywords reject values, as they do in draft 7.
  package var assertsContent = false

  // Objects.

  package var required: [String] = []
  package var properties: [Property] = []
  package var patternProperties: [PatternProperty] = []
  package var additionalProperties: Int?
  package var unevaluatedProperties: Int?
  package var propertyNames: Int?
  package var minProperties: Int?
  package var maxProperties: Int?
  package var dependentRequired: [DependentNames] = []
  /// `dependentSchemas`, or `dependencies` with schemas.
  package var dependentSchemas: [Property] = []

  // Arrays, in the terms of draft 2020-12.

  /// Schemas of the first items: `prefixItems`, or `items` with an array.
  package var prefixItems: [Int] = []
  /// Schema of all other items: `items`, or `additionalItems` beside an array in `items`.
  package var items: Int?
  package var unevaluatedItems: Int?
  package var contains: Int?
  package var minContains: Int?
  package var maxContains: Int?
  package var minItems: Int?
  package var maxItems: Int?
  package var uniqueItems = false

  // Logic; a present list is never empty.

  package var allOf: [Int] = []
  package var anyOf: [Int] = []
  package var oneOf: [Int] = []
  package var not: Int?
  package var ifSchema: Int?
  package var thenSchema: Int?
  package var elseSchema: Int?

  /// What tells the schemas of `anyOf` apart, if anything does.
  package var anyOfTag: SchemaTag?
  /// What tells the schemas of `oneOf` apart, if anything does.
  package var oneOfTag: SchemaTag?
  /// The property that tells the schemas of a hierarchy apart (AsyncAPI only).
  package var discriminator: String?

  // Annotations.

  package var title: String?
  package var summary: String?
  package var defaultValue: JSONValue?
  package var examples: [JSONValue] = []
  /// Every keyword that is an annotation or unknown, in the order of the text.
  package var annotations: [Annotation] = []

  init(index: Int, location: SchemaLocation, dialect: SchemaDialect) {
    self.index = index
    self.location = location
    self.dialect = dialect
  }

  /// A property name with its schema.
  package struct Property: Sendable {
    package let name: String
    package let schema: Int
  }

  /// A pattern of property names with its schema.
  package struct PatternProperty: Sendable {
    package let pattern: ECMAPattern
    package let schema: Int
  }

  /// The names that must be there when a property is.
  package struct DependentNames: Sendable {
    package let name: String
    package let required: [String]
  }

  /// A keyword that says something without judging.
  package struct Annotation: Sendable {
    package let keyword: String
    package let value: JSONValue
  }
}

/// Where a schema stands.
package struct SchemaLocation: Hashable, Sendable {
  /// The document as it was handed in; empty for a schema that was handed in without a URI.
  package let documentURI: String
  /// The place in that document.
  package let pointer: JSONPointer
  /// The base URI of the resource that it belongs to.
  package let resourceURI: String
  /// The place of that resource in the document.
  package let resourcePointer: JSONPointer

  /// The absolute URI of the schema: that of its resource, with a pointer from there.
  package var uri: String {
    let tokens = pointer.tokens.dropFirst(resourcePointer.tokens.count)
    return resourceURI + "#" + JSONPointer(tokens: Array(tokens)).description
  }
}

/// A reference and where it leads.
package struct SchemaReference: Hashable, Sendable {
  /// The keyword that holds it.
  package let keyword: String
  /// The reference as written.
  package let text: String
  /// The node it leads to.
  package let target: Int
}
