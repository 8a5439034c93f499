import JSON

/// Finding out which alternative was meant when none matches.
extension Explainer {
  typealias Trial = (outcome: Outcome, findings: [Finding])

  /// Notes why no alternative matches, as the findings of the one that was meant.
  ///
  /// That is the one that the tag names; else the only one that accepts the value's type; else the
  /// one with the fewest and deepest findings. What it looked at counts as seen.
  mutating func explain(
    _ keyword: String,
    of node: SchemaNode,
    _ alternatives: [Int],
    tag: SchemaTag?,
    _ trials: [Trial],
    _ value: Int,
    _ evaluated: inout Evaluated
  ) {
    if tape.kind(of: value) == .object,
      let tag = tag ?? declaredTag(of: node, alternatives)
    {
      guard let member = tape.member(tag.property, of: value) else {
        if tag.isRequired.allSatisfy(\.self) {
          note(node.index, keyword, value, .missingTag(tag))
        } else {
          adoptNearest(alternatives, trials, among: Array(trials.indices), &evaluated)
        }
        return
      }
      guard let meant = tag.alternative(for: tape.value(of: member)) else {
        path.append(.member(key(of: tag.property, in: value)))
        note(node.index, keyword, member, .unknownTag(tag))
        path.removeLast()
        return
      }
      adopt(trials[meant], of: alternatives[meant], isNearest: false, &evaluated)
      return
    }
    let fitting = trials.indices.filter { !failsByType(trials[$0]) }
    if fitting.isEmpty, let types = acceptedTypes(trials) {
      note(node.index, keyword, value, .typeOfNoAlternative(types))
      return
    }
    adoptNearest(
      alternatives,
      trials,
      among: fitting.isEmpty ? Array(trials.indices) : fitting,
      &evaluated
    )
  }

  /// The tag that the `discriminator` of a schema declares: each alternative is told by its name.
  ///
  /// Spec: AsyncAPI 3.0 "Schema Object", field `discriminator`.
  private func declaredTag(of node: SchemaNode, _ alternatives: [Int]) -> SchemaTag? {
    guard let property = node.discriminator else { return nil }
    let names = alternatives.map { graph.name(of: $0) }
    guard Set(names).count == names.count else { return nil }
    return SchemaTag(
      property: property,
      values: names.map { [.string($0)] },
      isRequired: names.map { _ in true }
    )
  }

  private func key(of name: String, in object: Int) -> Int {
    keys(of: object).last { tape.string(of: $0).utf8.elementsEqual(name.utf8) } ?? object
  }

  /// Whether an alternative is out of the question because it wants another type.
  private func failsByType(_ trial: Trial) -> Bool {
    trial.findings.contains { $0.keyword == "type" && $0.path.count == path.count }
  }

  /// All types that the alternatives want, if types are what they all want.
  private func acceptedTypes(_ trials: [Trial]) -> SchemaTypes? {
    var types: SchemaTypes = []
    for trial in trials {
      for finding in trial.findings
      where finding.keyword == "type" && finding.path.count == path.count {
        types.formUnion(graph[finding.schema].types ?? [])
      }
    }
    return types.isEmpty ? nil : types
  }

  private mutating func adoptNearest(
    _ alternatives: [Int],
    _ trials: [Trial],
    among candidates: [Int],
    _ evaluated: inout Evaluated
  ) {
    let depth = path.count
    func cost(_ index: Int) -> (Int, Int) {
      let shallow = trials[index].findings.filter { $0.path.count == depth }.count
      return (trials[index].findings.count, shallow)
    }
    guard let nearest = candidates.min(by: { cost($0) < cost($1) }) else { return }
    adopt(
      trials[nearest],
      of: alternatives[nearest],
      isNearest: candidates.count > 1,
      &evaluated
    )
  }

  private mutating func adopt(
    _ trial: Trial,
    of alternative: Int,
    isNearest: Bool,
    _ evaluated: inout Evaluated
  ) {
    evaluated.formUnion(trial.outcome.evaluated)
    adopt(
      trial.findings.map { finding in
        var finding = finding
        if finding.alternative == nil {
          finding.alternative = alternative
          finding.isNearest = isNearest
        }
        return finding
      }
    )
  }
}

extension SchemaGraph {
  /// What a person would call a schema: its title, or its name in the document, followed through
  /// references.
  func name(of node: Int) -> String {
    var current = node
    for _ in 0..<16 {
      if let title = nodes[current].title, !title.isEmpty { return title }
      guard let target = nodes[current].reference?.target else { break }
      current = target
    }
    let tokens = nodes[current].location.pointer.tokens
    guard let last = tokens.last else { return nodes[current].location.resourceURI }
    // A place in a list says little without the list.
    let isPlace = JSONValue.arrayIndex(last) != nil
    return isPlace ? tokens.suffix(2).joined(separator: "/") : last
  }
}
