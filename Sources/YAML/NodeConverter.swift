import JSON
import Yams

/// Turns the nodes of a document into a JSON value and the places of its parts.
struct NodeConverter {
  typealias Converted = (value: JSONValue, tree: SourceTree)

  let file: String
  let reader: YAMLReader
  private var valueCount = 0
  private var depth = 0

  init(file: String, reader: YAMLReader) {
    self.file = file
    self.reader = reader
  }

  /// The value of a node and all it contains.
  mutating func convert(_ node: Node) throws(YAMLSyntaxError) -> Converted {
    valueCount += 1
    guard valueCount <= reader.maximumValues else {
      throw error(node, .expansion(limit: reader.maximumValues))
    }
    depth += 1
    defer { depth -= 1 }
    switch node {
    case .scalar(let scalar):
      return (try value(of: scalar, node), SourceTree(start: position(node)))
    case .sequence(let sequence):
      try checkStructure(node, tag: sequence.tag, expected: [.seq, .omap, .pairs])
      return try convert(sequence, node)
    case .mapping(let mapping):
      try checkStructure(node, tag: mapping.tag, expected: [.map, .set])
      return try convert(mapping, node)
    case .alias(let alias):
      throw error(node, .undefinedAlias(alias.anchor.rawValue))
    }
  }

  private func position(_ node: Node) -> SourceTree.Position {
    SourceTree.Position(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  private func error(_ node: Node, _ reason: YAMLSyntaxError.Reason) -> YAMLSyntaxError {
    let position = position(node)
    return YAMLSyntaxError(
      location: SourceLocation(file: file, line: position.line, column: position.column),
      reason: reason
    )
  }

  private func checkStructure(
    _ node: Node,
    tag: Tag,
    expected: [Tag.Name]
  ) throws(YAMLSyntaxError) {
    guard depth <= reader.maximumDepth else {
      throw error(node, .nesting(limit: reader.maximumDepth))
    }
    let known = [Tag.Name.implicit, .nonSpecific] + expected
    guard known.contains(where: { $0.rawValue == tag.rawValue }) else {
      throw error(node, .tag(shortened(tag.rawValue)))
    }
  }

  /// A tag of YAML itself as it is usually written.
  private func shortened(_ tag: String) -> String {
    let prefix = "tag:yaml.org,2002:"
    return tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
  }

  private mutating func convert(
    _ sequence: Node.Sequence,
    _ node: Node
  ) throws(YAMLSyntaxError) -> Converted {
    var items: [JSONValue] = []
    var tree = SourceTree(start: position(node))
    for item in sequence {
      let converted = try convert(item)
      items.append(converted.value)
      tree.items.append(converted.tree)
    }
    return (.array(items), tree)
  }

  private mutating func convert(
    _ mapping: Node.Mapping,
    _ node: Node
  ) throws(YAMLSyntaxError) -> Converted {
    var members = OrderedMembers()
    for (key, value) in mapping {
      guard let name = key.scalar else { throw error(key, .structuredName) }
      guard !isMergeKey(name) else {
        try merge(value, into: &members)
        continue
      }
      let converted = try convert(value)
      members.setOwn(
        SourceTree.Member(name: name.string, key: position(key), tree: converted.tree),
        converted.value
      )
    }
    let tree = SourceTree(start: position(node), members: members.places)
    return (.object(JSONObject(members.values)), tree)
  }

  private func isMergeKey(_ scalar: Node.Scalar) -> Bool {
    scalar.string == "<<" && scalar.style == .plain
  }

  /// Takes over the members of a mapping, or of each mapping in a list, that are not there yet.
  private mutating func merge(
    _ node: Node,
    into members: inout OrderedMembers
  ) throws(YAMLSyntaxError) {
    switch node {
    case .mapping:
      let converted = try convert(node)
      members.merge(converted.value, converted.tree)
    case .sequence(let sequence):
      for item in sequence {
        guard case .mapping = item else { throw error(item, .merge) }
        try merge(item, into: &members)
      }
    case .scalar, .alias:
      throw error(node, .merge)
    }
  }
}

extension NodeConverter {
  /// What a scalar stands for, by its tag or, without one, by its text.
  ///
  /// Spec: YAML 1.2.2 §10.3 Core Schema.
  private func value(
    of scalar: Node.Scalar,
    _ node: Node
  ) throws(YAMLSyntaxError) -> JSONValue {
    let text = scalar.string
    switch Tag.Name(rawValue: scalar.tag.rawValue) {
    case .str, .binary, .timestamp, .nonSpecific:
      return .string(text)
    case .implicit:
      guard let value = CoreScalar.value(of: text) else { throw error(node, .notANumber(text)) }
      return value
    case .null:
      return try expect(.null, text, node, "null")
    case .bool:
      return try expect(.boolean, text, node, "Boolean")
    case .int:
      let value = try expect(.number, text, node, "whole number")
      guard value.numberValue?.isInteger == true else {
        throw error(node, .mistagged(text, tag: "whole number"))
      }
      return value
    case .float:
      return try expect(.number, text, node, "number")
    default:
      throw error(node, .tag(shortened(scalar.tag.rawValue)))
    }
  }

  private func expect(
    _ kind: JSONValue.Kind,
    _ text: String,
    _ node: Node,
    _ words: String
  ) throws(YAMLSyntaxError) -> JSONValue {
    guard let value = CoreScalar.value(of: text) else { throw error(node, .notANumber(text)) }
    guard value.kind == kind else { throw error(node, .mistagged(text, tag: words)) }
    return value
  }
}

/// The members of a mapping in order, own ones before merged ones where both have a name.
private struct OrderedMembers {
  private(set) var values: [JSONObject.Member] = []
  private(set) var places: [SourceTree.Member] = []
  private var indexes: [[UInt8]: (index: Int, isOwn: Bool)] = [:]

  /// Sets a member of the mapping itself; the place in the order of a merged one stays.
  mutating func setOwn(_ place: SourceTree.Member, _ value: JSONValue) {
    set(place, value, isOwn: true)
  }

  /// Adds those members of another mapping whose names are not there yet.
  mutating func merge(_ value: JSONValue, _ tree: SourceTree) {
    for (member, place) in zip(value.objectValue?.members ?? [], tree.members)
    where indexes[Array(member.name.utf8)] == nil {
      set(place, member.value, isOwn: false)
    }
  }

  private mutating func set(_ place: SourceTree.Member, _ value: JSONValue, isOwn: Bool) {
    let bytes = Array(place.name.utf8)
    let member = JSONObject.Member(name: place.name, value: value)
    if let found = indexes[bytes] {
      values[found.index] = member
      places[found.index] = place
    } else {
      indexes[bytes] = (values.count, isOwn)
      values.append(member)
      places.append(place)
    }
  }
}
