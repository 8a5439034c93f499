/// A view of a parsed JSON text: its nodes in the order of the text, over its bytes.
///
/// A node is named by its index; the whole value is node 0. An array is followed by its items, an
/// object by its members (a key node, then the value's nodes), and each ends with a node of kind
/// `.end`. Walking needs no memory and no reference counting:
///
///     var child = tape.firstChild(of: array)
///     while tape.kind(of: child) != .end {
///       check(child)
///       child = tape.next(after: child)
///     }
///
///     var key = tape.firstChild(of: object)
///     while tape.kind(of: key) != .end {
///       check(name: key, value: key + 1)
///       key = tape.next(after: key + 1)
///     }
///
/// The view is only valid inside the closure of ``JSONDocument/withTape(_:)`` that handed it out, and
/// an index only while it is below ``count``; neither is checked.
@usableFromInline
package struct JSONTape {
  /// What a node is.
  @frozen
  @usableFromInline
  package enum Kind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object
    /// The name of a member; its value is the next node.
    case key
    /// The end of an array or object.
    case end
  }

  /// One entry of the tape, packed into two words so that it is written with two stores.
  @frozen
  @usableFromInline
  package struct Node: Sendable {
    /// The kind in the lowest byte, the flags in the next, the offset in the upper half.
    @usableFromInline var head: UInt64
    /// The length in the lower half, the link in the upper.
    @usableFromInline var tail: UInt64

    @inlinable
    init(kind: Kind, flags: Flags = [], offset: Int, length: Int, link: Int) {
      head = UInt64(kind.rawValue) | UInt64(flags.rawValue) << 8
      head |= UInt64(truncatingIfNeeded: offset) << 32
      tail = UInt64(UInt32(truncatingIfNeeded: length)) | UInt64(truncatingIfNeeded: link) << 32
    }

    /// What the node is.
    @inlinable package var kind: Kind {
      unsafeBitCast(UInt8(truncatingIfNeeded: head), to: Kind.self)
    }

    /// Facts that the reader noticed on the way.
    @inlinable package var flags: Flags { Flags(rawValue: UInt8(truncatingIfNeeded: head >> 8)) }

    /// The first byte of the node's text: the opening quote, bracket, or first character.
    @inlinable package var offset: Int { Int(truncatingIfNeeded: head >> 32) }

    /// The bytes of a scalar's text without quotes; the items or members of a container.
    @inlinable package var length: Int { Int(UInt32(truncatingIfNeeded: tail)) }

    /// The node after this one and all it contains; for a key its value; for an end its container.
    @inlinable package var link: Int { Int(truncatingIfNeeded: tail >> 32) }
  }

  /// Facts about the text of a string, key or number.
  @frozen
  @usableFromInline
  package struct Flags: OptionSet, Sendable {
    /// The bits.
    @usableFromInline package let rawValue: UInt8

    /// Takes bits.
    @inlinable
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The string contains a backslash, so its bytes are not its characters.
    @inlinable package static var hasEscapes: Flags { Flags(rawValue: 1) }
    /// The string contains bytes beyond ASCII.
    @inlinable package static var hasNonASCII: Flags { Flags(rawValue: 2) }
    /// The number has a fraction or an exponent, so its text is not just digits.
    @inlinable package static var isFractional: Flags { Flags(rawValue: 4) }
    /// The number begins with a minus sign.
    @inlinable package static var isNegative: Flags { Flags(rawValue: 8) }
  }

  /// The text.
  @usableFromInline package let bytes: UnsafePointer<UInt8>
  /// The nodes.
  @usableFromInline package let nodes: UnsafePointer<Node>
  /// How many nodes there are.
  @usableFromInline package let count: Int

  @inlinable
  init(bytes: UnsafePointer<UInt8>, nodes: UnsafePointer<Node>, count: Int) {
    self.bytes = bytes
    self.nodes = nodes
    self.count = count
  }
}

extension JSONTape {
  /// What a node is.
  @inlinable
  package func kind(of node: Int) -> Kind { nodes[node].kind }

  /// The facts that the reader noticed about a node's text.
  @inlinable
  package func flags(of node: Int) -> Flags { nodes[node].flags }

  /// The node after this one and everything in it; after the last child that is the container's end.
  ///
  /// Not for keys: what follows the key `k` is its value `k + 1`, and the next key is
  /// `next(after: k + 1)`.
  @inlinable
  package func next(after node: Int) -> Int { nodes[node].link }

  /// The first item of an array or the first key of an object; its end when it is empty.
  @inlinable
  package func firstChild(of node: Int) -> Int { node + 1 }

  /// How many items or members a container has, duplicate names counted.
  @inlinable
  package func childCount(of node: Int) -> Int { nodes[node].length }

  /// Where the node's text begins, in bytes: at the quote of a string, at the bracket of a container.
  @inlinable
  package func offset(of node: Int) -> Int { nodes[node].offset }

  /// The bytes of a scalar as they stand: a string or key without its quotes and with its escapes.
  @inlinable
  package func rawBytes(of node: Int) -> UnsafeBufferPointer<UInt8> {
    let entry = nodes[node]
    let quote = entry.kind == .string || entry.kind == .key ? 1 : 0
    return UnsafeBufferPointer(start: bytes + entry.offset + quote, count: entry.length)
  }

  /// Where the whole text of a node stands, quotes and brackets included.
  package func textRange(of node: Int) -> Range<Int> {
    let start = offset(of: node)
    switch kind(of: node) {
    case .string, .key: return start..<start + nodes[node].length + 2
    case .array, .object: return start..<offset(of: next(after: node) - 1) + 1
    case .end: return start..<start + 1
    case .null, .true, .false, .number: return start..<start + nodes[node].length
    }
  }

  /// Whether a string or key consists of exactly these bytes, its escapes resolved.
  @inlinable
  package func isEqual(_ node: Int, to text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !flags(of: node).contains(.hasEscapes) else { return isEscapedEqual(node, to: text) }
    let raw = rawBytes(of: node)
    guard raw.count == text.count else { return false }
    var index = 0
    while index < raw.count {
      if raw[index] != text[index] { return false }
      index += 1
    }
    return true
  }

  @usableFromInline
  func isEscapedEqual(_ node: Int, to text: UnsafeBufferPointer<UInt8>) -> Bool {
    unescapedBytes(of: node).elementsEqual(text)
  }

  /// The value of the last member with this name, or `nil`.
  package func member(_ name: String, of object: Int) -> Int? {
    guard kind(of: object) == .object else { return nil }
    var name = name
    return name.withUTF8 { name in
      var found: Int?
      var key = firstChild(of: object)
      while kind(of: key) != .end {
        if isEqual(key, to: name) { found = key + 1 }
        key = next(after: key + 1)
      }
      return found
    }
  }
}
