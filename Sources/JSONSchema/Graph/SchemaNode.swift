package import JSON

/// One schema with its keywords as typed values.
///
/// References, dynamic ones too, are node indexes of the same ``SchemaGraph``: a schema that a
/// `$dynamicRef` reads differently depending on the way to it has a node for each reading. Keywords
/// that do nothing are left out: `then` without `if`, `minContains` without `contains`, and in
/// draft 7 and before everything beside `$ref`.
///
/// A class, because it has many fields and is handed around much. Its fields are written while the
/// graph is being built, by one thread, and never again: that makes it safe to share.
package final class SchemaNode: @unchecked Sendable {
  /// Its place in ``SchemaGraph/nodes``.
  package let index: Int
  /// Where it stands.
  package let location: SchemaLocation
  /// What its keywords mean.
  package let dialect: SchemaDialect
  /// The truth value of a Boolean schema; `nil` for an object.
  package internal(set) var booleanSchema: Bool?

  // References.

  /// `$ref`.
  package internal(set) var reference: SchemaReference?
  /// `$dynamicRef` or `$recursiveRef`, followed already.
  package internal(set) var dynamicReference: SchemaReference?

  // Any type.

  /// `type`; `nil` when absent.
  package internal(set) var types: SchemaTypes?
  /// `enum`; `nil` when absent.
  package internal(set) var enumeration: [JSONValue]?
  /// `const`; `nil` when absent.
  package internal(set) var constant: JSONValue?

  // Numbers; the Boolean bounds of draft 4 are read as `exclusiveMinimum` and `exclusiveMaximum`.

  package internal(set) var minimum: JSONNumber?
  package internal(set) var exclusiveMinimum: JSONNumber?
  package internal(set) var maximum: JSONNumber?
  package internal(set) var exclusiveMaximum: JSONNumber?
  package internal(set) var multipleOf: JSONNumber?

  // Strings; lengths in Unicode scalars.

  package internal(set) var minLength: Int?
  package internal(set) var maxLength: Int?
  package internal(set) var pattern: ECMAPattern?
  /// `format`, known or not.
  package internal(set) var format: String?
  /// Whether `format` rejects values.
  package internal(set) var assertsFormat = false
  package internal(set) var contentEncoding: String?
  package internal(set) var contentMediaType: String?
  package internal(set) var contentSchema: Int?
  /// Whether the content keywords reject values, as they do in draft 7.
  package internal(set) var assertsContent = false

  // Objects.

  package internal(set) var required: [String] = []
  package internal(set) var properties: [Property] = []
  package internal(set) var patternProperties: [PatternProperty] = []
  package internal(set) var additionalProperties: Int?
  package internal(set) var unevaluatedProperties: Int?
  package internal(set) var propertyNames: Int?
  package internal(set) var minProperties: Int?
  package internal(set) var maxProperties: Int?
  package internal(set) var dependentRequired: [DependentNames] = []
  /// `dependentSchemas`, or `dependencies` with schemas.
  package internal(set) var dependentSchemas: [Property] = []

  // Arrays, in the terms of draft 2020-12.

  /// Schemas of the first items: `prefixItems`, or `items` with an array.
  package internal(set) var prefixItems: [Int] = []
  /// Schema of all other items: `items`, or `additionalItems` beside an array in `items`.
  package internal(set) var items: Int?
  package internal(set) var unevaluatedItems: Int?
  package internal(set) var contains: Int?
  package internal(set) var minContains: Int?
  package internal(set) var maxContains: Int?
  package internal(set) var minItems: Int?
  package internal(set) var maxItems: Int?
  package internal(set) var uniqueItems = false

  // Logic; a present list is never empty.

  package internal(set) var allOf: [Int] = []
  package internal(set) var anyOf: [Int] = []
  package internal(set) var oneOf: [Int] = []
  package internal(set) var not: Int?
  package internal(set) var ifSchema: Int?
  package internal(set) var thenSchema: Int?
  package internal(set) var elseSchema: Int?

  /// What tells the schemas of `anyOf` apart, if anything does.
  package internal(set) var anyOfTag: SchemaTag?
  /// What tells the schemas of `oneOf` apart, if anything does.
  package internal(set) var oneOfTag: SchemaTag?
  /// The property that tells the schemas of a hierarchy apart (AsyncAPI only).
  package internal(set) var discriminator: String?

  // Annotations.

  package internal(set) var title: String?
  package internal(set) var summary: String?
  package internal(set) var defaultValue: JSONValue?
  package internal(set) var examples: [JSONValue] = []
  /// Every keyword that is an annotation or unknown, in the order of the text.
  package internal(set) var annotations: [Annotation] = []

  /// The keywords beside a `$ref` that silences them.
  var silencedKeywords: [String] = []
  /// The places of ``properties`` by name, where there are many.
  var propertyPlaces: [ByteKey: Int] = [:]

  init(index: Int, location: SchemaLocation, dialect: SchemaDialect) {
    self.index = index
    self.location = location
    self.dialect = dialect
  }

  /// The property with a name.
  func property(_ name: String) -> Property? {
    guard propertyPlaces.isEmpty else {
      return propertyPlaces[ByteKey(name)].map { properties[$0] }
    }
    return properties.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// Notes the places of many properties.
  func indexProperties() {
    guard properties.count > 16 else { return }
    for (place, property) in properties.enumerated() {
      propertyPlaces[ByteKey(property.name)] = place
    }
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
