import JSON
import JSONSchema

extension MemberSlots {
  /// How many names are tried to find one that violates what is to be violated.
  private static let maximumNames = 24

  /// Finds a name for a violation that needs a member of its own.
  mutating func assign(_ point: BreakPoint) throws(Contradiction) {
    guard let node = requirements.node(of: point) else { return }
    let place = Int(point.first.site.index)
    let target: Int?
    let names: [String]
    switch point.first.site.keyword {
    case .patternProperty:
      let property = node.patternProperties[place]
      target = property.schema
      names = matching(property.pattern)
    case .additionalProperties:
      target = node.additionalProperties
      names = anyNames.filter { name in
        !node.properties.contains { $0.name.utf8.elementsEqual(name.utf8) }
          && !node.patternProperties.contains { $0.pattern.isMatch(name) }
      }
    case .unevaluatedProperties:
      target = node.unevaluatedProperties
      names = anyNames.filter { !evaluation.covers($0, of: node.index) }
    case .propertyNames:
      guard let schema = node.propertyNames else { return }
      try assignName(broken(point, schema), node)
      return
    default: return
    }
    guard let target else { return }
    let violation = broken(point, target)
    for name in names where allowsName(name) && !isMentioned(name) {
      let plan = builder.plan(for: atoms(of: name) + [violation])
      guard !builder.isPlainlyImpossible(plan) else { continue }
      assigned.append((name, violation))
      return
    }
    throw Contradiction(
      node: node.index,
      reason: "no name was found for a member that breaks the schema"
    )
  }

  /// Whether a further member of this name would break what another one is there to break.
  func wouldBreak(_ name: String) -> Bool {
    requirements.own.contains { own in
      guard let omitted = own.omitted else { return false }
      let node = own.node
      let patterns = node.patternProperties.filter { $0.pattern.isMatch(name) }
      switch omitted.keyword {
      case .patternProperty:
        return node.patternProperties[Int(omitted.index)].pattern.isMatch(name)
      case .additionalProperties:
        return patterns.isEmpty
          && !node.properties.contains { $0.name.utf8.elementsEqual(name.utf8) }
      case .unevaluatedProperties: return !evaluation.covers(name, of: node.index)
      case .propertyNames:
        return node.propertyNames.map { !builder.judge.accepts(.string(name), node: $0) } ?? false
      default: return false
      }
    }
  }

  /// Finds a name that breaks a schema for names.
  private mutating func assignName(_ violation: Atom, _ node: SchemaNode) throws(Contradiction) {
    let atoms = nameSchemas.map { Atom.node($0) } + [violation, Self.isString]
    for name in samples(of: atoms) where !isMentioned(name) {
      guard !builder.isPlainlyImpossible(builder.plan(for: self.atoms(of: name))) else { continue }
      // The value is an ordinary one; only the name is wrong.
      assigned.append((name, Atom(.ofTypes, Int(SchemaTypes.all.rawValue))))
      return
    }
    throw Contradiction(node: node.index, reason: "no name was found that breaks 'propertyNames'")
  }

  private static let isString = Atom(.ofTypes, Int(SchemaTypes.string.rawValue))

  /// Names that are allowed and match no property that is likely to be there.
  private var anyNames: [String] {
    let usual = ["extra", "x-extra", "Extra2", "_extra", "e", "0", ""]
    return nameSchemas.isEmpty
      ? usual : usual + samples(of: nameSchemas.map { .node($0) } + [Self.isString])
  }

  private func samples(of atoms: [Atom]) -> [String] {
    (0..<Self.maximumNames).compactMap { seed in
      builder.sample(of: atoms, seed: UInt64(seed))?.stringValue
    }
  }

  private func matching(_ pattern: ECMAPattern) -> [String] {
    let writer = PatternWriter(pattern)
    return (0..<Self.maximumNames).map { seed in
      var source = ChoiceSource(seed: UInt64(seed))
      return writer.write(from: &source, lengths: 0...64)
    }.filter(pattern.isMatch)
  }
}
