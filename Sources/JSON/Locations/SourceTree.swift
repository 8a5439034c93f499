/// The places of a value's parts as a tree of the same shape, for formats other than JSON.
package struct SourceTree: Hashable, Sendable {
  /// A line and a column, both from 1; columns count Unicode scalars.
  package struct Position: Hashable, Sendable {
    /// The line, from 1.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int

    /// Names a place.
    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// What leads from a value to a part of it.
  package struct Member: Hashable, Sendable {
    /// The name of an object's member.
    package var name: String
    /// Where that name stands.
    package var key: Position
    /// The places of its value.
    package var tree: SourceTree

    /// Names a part.
    package init(name: String, key: Position, tree: SourceTree) {
      self.name = name
      self.key = key
      self.tree = tree
    }
  }

  /// Where the value begins.
  package var start: Position
  /// The places of an array's items.
  package var items: [SourceTree]
  /// The places of an object's members.
  package var members: [Member]

  /// Joins the place of a value with those of its parts.
  package init(start: Position, items: [SourceTree] = [], members: [Member] = []) {
    self.start = start
    self.items = items
    self.members = members
  }

  /// The place of the last value on a path that is there, and of the name that leads to it.
  func nearest(to pointer: JSONPointer) -> (value: Position, key: Position?) {
    var tree = self
    var key: Position?
    for token in pointer.tokens {
      if let member = tree.members.last(where: { $0.name.hasSameBytes(as: token) }) {
        tree = member.tree
        key = member.key
      } else if let index = JSONValue.arrayIndex(token), tree.items.indices.contains(index) {
        tree = tree.items[index]
        key = nil
      } else {
        break
      }
    }
    return (tree.start, key)
  }
}
