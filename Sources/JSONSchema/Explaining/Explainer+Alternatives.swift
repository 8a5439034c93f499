import JSON

/// Finding out which alternative was meant when none matches.
extension Explainer {
  typealias Trial = (outcome: Outcome, findings: [Finding])

  /// Judges an object by the alternative that its tag names; no other can match.
  ///
  /// - Returns: `false` when there is no tag, and all alternatives are to be tried.
  mutating func judgeByTag(
    _ keyword: String,
    of node: SchemaNode,
    _ alternatives: [Int],
    _ tag: SchemaTag?,
    _ value: Int,
    _ outcome: inout Outcome
  ) -> Bool {
    guard let tag, tape.kind(of: value) == .object,
      let member = tape.member(tag.property, of: value)
    else { return false }
    guard let meant = tag.alternative(for: tape.value(of: member)) else {
      outcome.isValid = false
      noteUnknown(tag, keyword, of: node, member, in: value)
      outcome.evaluated.insertAll()
      return true
    }
    let trial = attempt(alternatives[meant], value)
    outcome.isValid = outcome.isValid && trial.outcome.isValid
    adopt(trial, of: alternatives[meant], isNearest: false, &outcome.evaluated)
    return true
  }

  /// Notes why no alternative matches, as the findings of the one that was meant.
  ///
  /// That is the one that a declared discriminator names; else the only one that accepts the
  /// value's type; else the one with the fewest and deepest findings. What it looked at counts as
  /// seen.
  mutating func explain(
    _ keyword: String,
    of node: SchemaNode,
    _ alternatives: [Int],
    tag: SchemaTag?,
    _ trials: [Trial],
    _ value: Int,
    _ evaluated: inout Evaluated
  ) {
    if let tag = tag ?? declaredTag(of: node, alternatives), tape.kind(of: value) == .object,
      explain(keyword, of: node, alternatives, by: tag, trials, value, &evaluated)
    {
      return
    }
    if let values = wantedConstants(trials) {
      note(node.index, keyword, value, .noneOf(values))
      return
    }
    let fitting = trials.indices.filter { !failsByType(trials[$0], value) }
    if fitting.isEmpty, let types = wantedTypes(trials) {
      note(node.index, keyword, value, .typeOfNoAlternative(types))
      return
    }
    if noteShortFaults(keyword, of: node, fitting.map { trials[$0] }, value) { return }
    adoptNearest(
      alternatives,
      trials,
      among: fitting.isEmpty ? Array(trials.indices) : fitting,
      &evaluated
    )
  }

  /// The same for an object with a tag.
  ///
  /// - Returns: `false` when the tag is missing and need not be there.
  private mutating func explain(
    _ keyword: String,
    of node: SchemaNode,
    _ alternatives: [Int],
    by tag: SchemaTag,
    _ trials: [Trial],
    _ value: Int,
    _ evaluated: inout Evaluated
  ) -> Bool {
    guard let member = tape.member(tag.property, of: value) else {
      guard tag.isRequired.allSatisfy(\.self) else { return false }
      note(node.index, keyword, value, .missingTag(tag))
      evaluated.insertAll()
      return true
    }
    if let meant = tag.alternative(for: tape.value(of: member)) {
      adopt(trials[meant], of: alternatives[meant], isNearest: false, &evaluated)
    } else {
      noteUnknown(tag, keyword, of: node, member, in: value)
      evaluated.insertAll()
    }
    return true
  }

  private mutating func noteUnknown(
    _ tag: SchemaTag,
    _ keyword: String,
    of node: SchemaNode,
    _ member: Int,
    in object: Int
  ) {
    path.append(.member(key(of: tag.property, in: object)))
    note(node.index, keyword, member, .unknownTag(tag))
    path.removeLast()
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
  private func failsByType(_ trial: Trial, _ value: Int) -> Bool {
    trial.findings.contains { finding in
      guard finding.path.count == path.count else { return false }
      switch finding.keyword {
      case "type": return true
      case "const", "enum":
        return !constants(of: finding).contains { $0.isOf(tape.kind(of: value)) }
      default: return false
      }
    }
  }

  private func constants(of finding: Finding) -> [JSONValue] {
    let node = graph[finding.schema]
    return finding.keyword == "const"
      ? node.constant.map { [$0] } ?? [] : node.enumeration ?? []
  }

  /// All values that the alternatives want, if each of them is broken by wanting fixed values.
  private func wantedConstants(_ trials: [Trial]) -> [JSONValue]? {
    var values: [JSONValue] = []
    for trial in trials {
      guard trial.findings.count == 1, let finding = trial.findings.first,
        finding.path.count == path.count, finding.keyword == "const" || finding.keyword == "enum"
      else { return nil }
      values += constants(of: finding)
    }
    return values
  }

  /// Notes what all alternatives want at once, if each finds but one fault with the value itself.
  ///
  /// - Returns: `false` where it takes more words.
  private mutating func noteShortFaults(
    _ keyword: String,
    of node: SchemaNode,
    _ trials: [Trial],
    _ value: Int
  ) -> Bool {
    let faults = trials.compactMap { trial in
      trial.findings.count == 1 && trial.findings[0].path.count == path.count
        && trial.findings[0].alternative == nil ? trial.findings[0] : nil
    }
    guard faults.count == trials.count, (2...4).contains(faults.count) else { return false }
    var missing: [String] = []
    for case .missing(let name) in faults.map(\.reason)
    where !missing.contains(where: { $0.hasSameBytes(as: name) }) {
      missing.append(name)
    }
    if missing.count == faults.count {
      note(node.index, keyword, value, .missingEach(missing))
      return true
    }
    let isPlain = faults.allSatisfy { fault in
      if case .plain = fault.reason { fault.keyword != "not" } else { false }
    }
    guard isPlain, missing.isEmpty else { return false }
    note(node.index, keyword, value, .neither(faults))
    return true
  }

  /// All types that the alternatives want, if types are what they all want.
  private func wantedTypes(_ trials: [Trial]) -> SchemaTypes? {
    var types: SchemaTypes = []
    for trial in trials {
      let wanted = trial.findings.first {
        $0.keyword == "type" && $0.path.count == path.count
      }
      guard let wanted, let these = graph[wanted.schema].types else { return nil }
      types.formUnion(these)
    }
    return types
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
