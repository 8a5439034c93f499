import JSON
import JSONSchema

/// Which schemas apply to which member of an object.
struct MemberSlots {
  let requirements: Requirements
  let builder: PlanBuilder
  let evaluation: Evaluation

  /// Where each name stands among the properties of each schema.
  private let places: [[[UInt8]: Int]]

  /// Names that must be there because only they can violate what is to be violated, and how.
  var assigned: [(name: String, atom: Atom)] = []

  init(_ requirements: Requirements, builder: PlanBuilder) throws(Contradiction) {
    self.requirements = requirements
    self.builder = builder
    evaluation = Evaluation(requirements, graph: builder.graph)
    places = requirements.own.map { own in
      let properties = own.node.properties
      return Dictionary(
        properties.indices.map { (Array(properties[$0].name.utf8), $0) },
        uniquingKeysWith: { $1 }
      )
    }
    for point in requirements.violations { try assign(point) }
  }

  /// All names that the schemas mention, in their order, each once.
  var names: [String] {
    var names: [String] = []
    var seen: Set<[UInt8]> = []
    func add(_ name: String) {
      if seen.insert(Array(name.utf8)).inserted { names.append(name) }
    }
    for own in requirements.own {
      for property in own.node.properties { add(property.name) }
      for name in own.node.required { add(name) }
      for dependent in own.node.dependentRequired {
        add(dependent.name)
        for name in dependent.required { add(name) }
      }
    }
    for name in requirements.required { add(name) }
    for (name, _) in assigned { add(name) }
    for point in requirements.violations {
      guard let node = requirements.node(of: point) else { continue }
      let place = Int(point.first.site.index)
      switch point.first.site.keyword {
      case .property: add(node.properties[place].name)
      default: break
      }
    }
    return names
  }

  /// The names that must be there.
  var required: Set<[UInt8]> {
    var names = Set((requirements.required + assigned.map(\.name)).map { Array($0.utf8) })
    for own in requirements.own {
      for (place, name) in own.node.required.enumerated() where own.keeps(.required, place) {
        names.insert(Array(name.utf8))
      }
    }
    for point in requirements.violations {
      guard let node = requirements.node(of: point) else { continue }
      let place = Int(point.first.site.index)
      switch point.first.site.keyword {
      case .property: names.insert(Array(node.properties[place].name.utf8))
      default: break
      }
    }
    return names
  }

  /// Whether a schema has a property of this name.
  func isMentioned(_ name: String) -> Bool {
    let key = Array(name.utf8)
    return places.contains { $0[key] != nil }
  }

  /// The schema that asks for a name.
  func requirer(of name: String) -> Int? {
    requirements.own.first { own in
      own.node.required.contains { $0.utf8.elementsEqual(name.utf8) }
    }?.node.index
  }

  /// The patterns of names that the schemas mention.
  var patterns: [ECMAPattern] {
    var patterns: [ECMAPattern] = []
    for own in requirements.own {
      for property in own.node.patternProperties where !patterns.contains(property.pattern) {
        patterns.append(property.pattern)
      }
    }
    return patterns
  }

  /// The requirements on the value of a member.
  func atoms(of name: String) -> [Atom] {
    var atoms: [Atom] = []
    let key = Array(name.utf8)
    for (own, places) in zip(requirements.own, places) {
      let node = own.node
      var isKnown = false
      if let place = places[key] {
        isKnown = true
        if own.keeps(.property, place) { atoms.append(.node(node.properties[place].schema)) }
      }
      for (place, property) in node.patternProperties.enumerated()
      where property.pattern.isMatch(name) {
        isKnown = true
        if own.keeps(.patternProperty, place) { atoms.append(.node(property.schema)) }
      }
      if !isKnown, let schema = node.additionalProperties, own.keeps(.additionalProperties) {
        atoms.append(.node(schema))
      }
      if let schema = node.unevaluatedProperties, own.keeps(.unevaluatedProperties),
        !evaluation.covers(name, of: node.index)
      {
        atoms.append(.node(schema))
      }
    }
    return atoms + violations(of: name)
  }

  private func violations(of name: String) -> [Atom] {
    var atoms: [Atom] = []
    for point in requirements.violations(of: .property) {
      guard let node = requirements.node(of: point) else { continue }
      let property = node.properties[Int(point.first.site.index)]
      guard property.name.utf8.elementsEqual(name.utf8) else { continue }
      atoms.append(broken(point, property.schema))
    }
    return atoms + assigned.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.atom)
  }

  /// What breaks a schema that a break point goes through.
  func broken(_ point: BreakPoint, _ target: Int) -> Atom {
    point.rest.map { Atom(.breaks, builder.number(of: $0)) } ?? .negated(target)
  }

  /// The schemas that every name must meet.
  var nameSchemas: [Int] {
    requirements.own.compactMap { $0.keeps(.propertyNames) ? $0.node.propertyNames : nil }
  }

  /// Whether the name itself is allowed.
  func allowsName(_ name: String) -> Bool {
    nameSchemas.allSatisfy { builder.judge.accepts(.string(name), node: $0) }
      || assigned.contains { $0.name.utf8.elementsEqual(name.utf8) }
  }
}
