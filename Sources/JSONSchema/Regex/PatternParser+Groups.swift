extension PatternParser {
  /// Reads a group's name and the closing angle bracket.
  ///
  /// Spec: ECMA-262 §22.2.1 `GroupName`.
  mutating func groupName() throws(ECMAPatternError) -> String {
    let begin = position
    var name = ""
    while let character = advance() {
      if character == ">" {
        guard !name.isEmpty else { throw error("the group's name is empty", at: begin) }
        return name
      }
      let properties = character.properties
      let isAllowed =
        character == "$" || character == "_"
        || (name.isEmpty ? properties.isIDStart : properties.isIDContinue)
        || (!name.isEmpty && (character.value == 0x200C || character.value == 0x200D))
      guard isAllowed else {
        throw error("'\(character)' cannot be part of a group's name", at: position - 1)
      }
      name.unicodeScalars.append(character)
    }
    throw error("the group's name is never closed by '>'", at: begin)
  }

  /// Puts group indexes where references were read, now that all groups are known.
  ///
  /// - Throws: An error for a reference to a group that does not exist.
  func resolveReferences(in tree: PatternNode) throws(ECMAPatternError) -> PatternNode {
    guard !references.isEmpty else { return tree }
    var targets: [[Int]] = []
    for reference in references {
      switch reference.target {
      case .index(let index):
        guard index <= groups.count else {
          let count = groups.isEmpty ? "no groups" : "only \(groups.count) group(s)"
          throw error("'\\\(index)' refers to no group; there are \(count)", at: reference.offset)
        }
        targets.append([index])
      case .name(let name):
        let indexes = groups.indices.filter { groups[$0].name == name }.map { $0 + 1 }
        guard !indexes.isEmpty else {
          throw error("'\\k<\(name)>' refers to no group of that name", at: reference.offset)
        }
        targets.append(indexes)
      }
    }
    return Self.replacing(tree, targets: targets)
  }

  private static func replacing(_ node: PatternNode, targets: [[Int]]) -> PatternNode {
    switch node {
    case .sequence(let nodes): .sequence(nodes.map { replacing($0, targets: targets) })
    case .alternation(let nodes): .alternation(nodes.map { replacing($0, targets: targets) })
    case .repetition(let inner, let bounds):
      .repetition(replacing(inner, targets: targets), bounds: bounds)
    case .group(let inner, let index, let name):
      .group(replacing(inner, targets: targets), index: index, name: name)
    case .look(let inner, let look): .look(replacing(inner, targets: targets), look)
    case .backreference(let place): .backreference(place.flatMap { targets[-$0 - 1] })
    default: node
    }
  }
}
