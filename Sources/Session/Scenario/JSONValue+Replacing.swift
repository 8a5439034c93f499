package import JSON

extension JSONValue {
  /// The value with the part at a path replaced; unchanged where the path leads nowhere.
  ///
  /// A last step that names a missing member of an object adds it.
  package func replacing(_ pointer: JSONPointer, with part: JSONValue) -> JSONValue {
    replacing(pointer.tokens[...], with: part)
  }

  private func replacing(_ tokens: ArraySlice<String>, with part: JSONValue) -> JSONValue {
    guard let first = tokens.first else { return part }
    let rest = tokens.dropFirst()
    switch self {
    case .object(var object):
      guard let old = object[first] else {
        if rest.isEmpty { object[first] = part }
        return .object(object)
      }
      object[first] = old.replacing(rest, with: part)
      return .object(object)
    case .array(var items):
      guard let index = Self.arrayIndex(first), items.indices.contains(index) else { return self }
      items[index] = items[index].replacing(rest, with: part)
      return .array(items)
    default:
      return self
    }
  }
}
