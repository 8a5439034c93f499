import JSON
import JSONSchema

/// A part of a value that contains nothing, and what its schema makes of it.
struct SchemaLeaf {
  /// What the schema leaves open.
  enum Freedom {
    /// Nothing: the value is the same in every message.
    case fixed
    /// One of some listed values.
    case listed
    /// Any text of a given form, such as an id.
    case formed
    /// Any value of the type.
    case free
  }

  var pointer: JSONPointer
  var value: JSONValue
  var freedom: Freedom
}

extension CompiledSchema {
  /// The leaves of a value in order, empty arrays and objects included.
  func leaves(of value: JSONValue) -> [SchemaLeaf] {
    var walk = LeafWalk(view: SchemaView(graph: graph))
    walk.visit(value, [rootNode], at: .root)
    return walk.leaves
  }
}

private struct LeafWalk {
  let view: SchemaView
  var leaves: [SchemaLeaf] = []

  mutating func visit(_ value: JSONValue, _ schemas: [Int], at pointer: JSONPointer) {
    switch value {
    case .object(let object) where !object.isEmpty:
      let nodes = view.applicable(schemas, to: value)
      for member in object.members {
        visit(
          member.value,
          nodes.schemas(ofMember: member.name).schemas,
          at: pointer.appending(member.name)
        )
      }
    case .array(let items) where !items.isEmpty:
      let nodes = view.applicable(schemas, to: value)
      for (index, item) in items.enumerated() {
        visit(item, nodes.schemas(ofItem: index), at: pointer.appending(index))
      }
    default:
      leaves.append(SchemaLeaf(pointer: pointer, value: value, freedom: freedom(value, schemas)))
    }
  }

  private func freedom(_ value: JSONValue, _ schemas: [Int]) -> SchemaLeaf.Freedom {
    if value.kind == .array || value.kind == .object { return .free }
    guard let rule = ScalarRules(view: view, schemas: schemas).rule(for: value) else {
      return .fixed
    }
    return rule.isListed ? .listed : rule.isFormed ? .formed : .free
  }
}
