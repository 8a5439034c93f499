/// A value that was read from a file, with the place of everything in it.
///
/// AsyncAPI documents, scenarios and settings are read into this, from JSON or YAML alike.
package struct LocatedValue: Sendable {
  /// The value.
  package var value: JSONValue
  /// Where its parts stand.
  package var locations: SourceMap

  /// Joins a value with the places of its parts.
  package init(value: JSONValue, locations: SourceMap) {
    self.value = value
    self.locations = locations
  }

  /// The value of a JSON text with the places in it.
  package init(_ document: JSONDocument) {
    self.init(value: document.value, locations: SourceMap(document))
  }

  /// A value that came from no file; everything stands at the start of what `file` names.
  package init(unlocated value: JSONValue, file: String) {
    self.init(value: value, locations: SourceMap(file: file))
  }

  /// The value at a path, or `nil` where it leads nowhere.
  package subscript(pointer: JSONPointer) -> JSONValue? { value[pointer] }

  /// Where the value at a path begins; for a path that leads nowhere, the nearest part above it.
  package func location(of pointer: JSONPointer) -> SourceLocation { locations.value(at: pointer) }

  /// Where the name stands that leads to a path; for an array item, where the item begins.
  package func keyLocation(of pointer: JSONPointer) -> SourceLocation {
    locations.key(at: pointer)
  }
}
