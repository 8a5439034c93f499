extension JSONValue {
  /// The value at a path.
  ///
  /// Array steps are plain decimal indexes without leading zeros; `-` points past the end, at
  /// nothing.
  ///
  /// Spec: RFC 6901 §4.
  ///
  /// - Returns: `nil` where the path leads nowhere.
  package subscript(pointer: JSONPointer) -> JSONValue? {
    var value = self
    for token in pointer.tokens {
      switch value {
      case .object(let object):
        guard let next = object[token] else { return nil }
        value = next
      case .array(let items):
        guard let index = Self.arrayIndex(token), items.indices.contains(index) else { return nil }
        value = items[index]
      default:
        return nil
      }
    }
    return value
  }

  /// The index that a reference token names, or `nil` when it is not one.
  ///
  /// Spec: RFC 6901 §4.
  package static func arrayIndex(_ token: String) -> Int? {
    guard token.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(token),
      token == "0" || token.utf8.first != UInt8(ascii: "0")
    else { return nil }
    return index
  }

  /// Puts a value at a path, in place of the one that is there.
  ///
  /// A member that is not there is added last; the index after the last item, or `-`, appends.
  ///
  /// - Returns: Whether the path leads to a place; if not, nothing has changed.
  @discardableResult
  package mutating func set(_ value: JSONValue, at pointer: JSONPointer) -> Bool {
    guard let last = pointer.tokens.last else {
      self = value
      return true
    }
    return change(pointer.tokens.dropLast()) { parent in
      switch parent {
      case .object(var object):
        parent = .null
        object[last] = value
        parent = .object(object)
      case .array(var items):
        guard let index = last == "-" ? items.count : Self.arrayIndex(last), index <= items.count
        else { return false }
        parent = .null
        if index < items.count { items[index] = value } else { items.append(value) }
        parent = .array(items)
      default:
        return false
      }
      return true
    }
  }

  /// Puts an item into an array before the one at the path; all after it move up.
  ///
  /// - Returns: Whether the path leads into an array or to its end; if not, nothing has changed.
  @discardableResult
  package mutating func insert(_ item: JSONValue, at pointer: JSONPointer) -> Bool {
    guard let last = pointer.tokens.last else { return false }
    return change(pointer.tokens.dropLast()) { parent in
      guard case .array(var items) = parent,
        let index = last == "-" ? items.count : Self.arrayIndex(last), index <= items.count
      else { return false }
      parent = .null
      items.insert(item, at: index)
      parent = .array(items)
      return true
    }
  }

  /// Takes the value at a path out; of a duplicated name every member.
  ///
  /// - Returns: The value, or `nil` where the path leads nowhere or to the whole value.
  @discardableResult
  package mutating func remove(at pointer: JSONPointer) -> JSONValue? {
    guard let last = pointer.tokens.last else { return nil }
    var removed: JSONValue?
    _ = change(pointer.tokens.dropLast()) { parent in
      switch parent {
      case .object(var object):
        removed = object[last]
        parent = .null
        object[last] = nil
        parent = .object(object)
      case .array(var items):
        guard let index = Self.arrayIndex(last), items.indices.contains(index) else { return false }
        parent = .null
        removed = items.remove(at: index)
        parent = .array(items)
      default:
        return false
      }
      return removed != nil
    }
    return removed
  }

  /// Changes the value at the end of some steps in place.
  private mutating func change(
    _ tokens: ArraySlice<String>,
    _ body: (inout JSONValue) -> Bool
  ) -> Bool {
    guard let token = tokens.first else { return body(&self) }
    switch self {
    case .object(var object):
      guard let index = object.lastIndex(of: token) else { return false }
      self = .null  // so that the members are held once, and changed without a copy
      defer { self = .object(object) }
      return object.members[index].value.change(tokens.dropFirst(), body)
    case .array(var items):
      guard let index = Self.arrayIndex(token), items.indices.contains(index) else { return false }
      self = .null
      defer { self = .array(items) }
      return items[index].change(tokens.dropFirst(), body)
    default:
      return false
    }
  }
}
