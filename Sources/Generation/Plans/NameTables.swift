import JSON
import JSONSchema

/// Finds properties of schemas by name; those of schemas with many by a table.
final class NameTables {
  /// Schemas with fewer properties are searched through.
  private static let minimumCount = 12

  private var places: [Int: [[UInt8]: Int]] = [:]

  /// The place of a name among the properties of a schema.
  func place(of name: String, in node: SchemaNode) -> Int? {
    guard node.properties.count >= Self.minimumCount else {
      return node.properties.lastIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }
    if let known = places[node.index] { return known[Array(name.utf8)] }
    let table = Dictionary(
      node.properties.indices.map { (Array(node.properties[$0].name.utf8), $0) },
      uniquingKeysWith: { $1 }
    )
    places[node.index] = table
    return table[Array(name.utf8)]
  }
}

/// The names of an object's members; those of large objects in a set.
struct MemberNames {
  /// Objects with fewer members are searched through.
  private static let minimumCount = 24

  private let object: JSONObject
  private let names: Set<[UInt8]>

  init(_ object: JSONObject) {
    self.object = object
    names =
      object.count < Self.minimumCount
      ? [] : Set(object.members.lazy.map { Array($0.name.utf8) })
  }

  func contains(_ name: String) -> Bool {
    names.isEmpty ? object.lastIndex(of: name) != nil : names.contains(Array(name.utf8))
  }
}
