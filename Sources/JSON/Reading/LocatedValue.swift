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
}

/// The places of a value's parts in the file it came from.
package struct SourceMap: Sendable {
  /// The file that all places are in.
  package let file: String
  private var values: [JSONPointer: SourceLocation] = [:]
  private var keys: [JSONPointer: SourceLocation] = [:]

  /// Starts without places: everything stands at the start of the file.
  package init(file: String) { self.file = file }

  /// Notes where the value at a path stands, and the name that leads to it.
  package mutating func set(
    _ pointer: JSONPointer,
    value: SourceLocation,
    key: SourceLocation? = nil
  ) {
    values[pointer] = value
    keys[pointer] = key
  }

  /// Where the value at a path begins; for a path that leads nowhere, the nearest part above it.
  package func value(at pointer: JSONPointer) -> SourceLocation {
    nearest(pointer, in: values)
  }

  /// Where the name stands that leads to a path; for an array item, where the item begins.
  package func key(at pointer: JSONPointer) -> SourceLocation {
    keys[pointer] ?? value(at: pointer)
  }

  private func nearest(
    _ pointer: JSONPointer,
    in places: [JSONPointer: SourceLocation]
  ) -> SourceLocation {
    var pointer = pointer
    while true {
      if let place = places[pointer] { return place }
      if pointer.tokens.isEmpty { return SourceLocation(file: file) }
      pointer = pointer.parent
    }
  }
}
