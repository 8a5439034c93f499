extension JSONTape {
  /// The bytes of a string or key with its escapes resolved.
  ///
  /// Half a surrogate pair, where the reader was told to let it pass, becomes U+FFFD.
  package func unescapedBytes(of node: Int) -> [UInt8] {
    let raw = rawBytes(of: node)
    guard flags(of: node).contains(.hasEscapes) else { return Array(raw) }
    return Array(unsafeUninitializedCapacity: raw.count) { buffer, count in
      var unescaper = StringUnescaper(raw)
      while let byte = unescaper.next() {
        buffer[count] = byte
        count += 1
      }
    }
  }

  /// The characters of a string or key with its escapes resolved.
  package func string(of node: Int) -> String {
    guard flags(of: node).contains(.hasEscapes) else {
      return String(decoding: rawBytes(of: node), as: UTF8.self)
    }
    return String(decoding: unescapedBytes(of: node), as: UTF8.self)
  }

  /// A number with its text.
  package func number(of node: Int) -> JSONNumber {
    JSONNumber(validated: String(decoding: rawBytes(of: node), as: UTF8.self))
  }

  /// The value of a node and everything in it, as a tree.
  package func value(of node: Int) -> JSONValue {
    switch kind(of: node) {
    case .null, .end: return .null
    case .false: return .bool(false)
    case .true: return .bool(true)
    case .number: return .number(number(of: node))
    case .string, .key: return .string(string(of: node))
    case .array:
      var items: [JSONValue] = []
      items.reserveCapacity(childCount(of: node))
      var child = firstChild(of: node)
      while kind(of: child) != .end {
        items.append(value(of: child))
        child = next(after: child)
      }
      return .array(items)
    case .object:
      var members: [JSONObject.Member] = []
      members.reserveCapacity(childCount(of: node))
      var key = firstChild(of: node)
      while kind(of: key) != .end {
        members.append(JSONObject.Member(name: string(of: key), value: value(of: key + 1)))
        key = next(after: key + 1)
      }
      return .object(JSONObject(members))
    }
  }
}
