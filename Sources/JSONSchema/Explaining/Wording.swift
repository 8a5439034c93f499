import JSON

/// Puts findings into words.
struct Wording {
  /// How many violations of one value get a hint at what was meant.
  private static let maximumHints = 100

  let graph: SchemaGraph
  let tape: JSONTape
  private var hintsLeft = Self.maximumHints
  /// The property names that schemas mention, by node.
  private var knownNames: [Int: [String]] = [:]

  init(graph: SchemaGraph, tape: JSONTape) {
    self.graph = graph
    self.tape = tape
  }

  /// What a finding says, in parts.
  struct Phrases {
    var expected: String
    var actual: String
    /// The sentence without the place.
    var sentence: String

    init(expected: String, actual: String, hint: String = "") {
      self.expected = expected
      self.actual = actual
      sentence = "expected \(expected), found \(actual)\(hint)"
    }

    init(expected: String, actual: String, sentence: String) {
      self.expected = expected
      self.actual = actual
      self.sentence = sentence
    }
  }

  /// The violation that a finding stands for.
  mutating func violation(_ finding: Finding) -> SchemaViolation {
    let location = graph[finding.schema].location
    hintsLeft -= 1
    let phrases = phrases(finding)
    let pointer = pointer(finding.path)
    let alternative = finding.alternative.map { graph.name(of: $0) }
    var message = "\(pointer.tokens.isEmpty ? "the value" : pointer.description): "
    if case .name(let key) = finding.path.last { message += "the name \(quoted(key)): " }
    message += phrases.sentence
    if let alternative {
      message += finding.isNearest ? " (nearest is '\(alternative)')" : " (in '\(alternative)')"
    }
    // A Boolean schema is the keyword and the schema at once.
    let isSchemaItself = finding.keyword.isEmpty || finding.keyword == "false"
    return SchemaViolation(
      instance: pointer,
      schema: isSchemaItself ? location.pointer : location.pointer.appending(finding.keyword),
      schemaURI: location.documentURI,
      keyword: finding.keyword,
      expected: phrases.expected,
      actual: phrases.actual,
      alternative: alternative,
      message: message
    )
  }

  /// A way as a JSON Pointer.
  func pointer(_ path: [Finding.Step]) -> JSONPointer {
    JSONPointer(
      tokens: path.map { step in
        switch step {
        case .member(let key), .name(let key): tape.string(of: key)
        case .item(let index): String(index)
        }
      }
    )
  }

  /// Whether there is time left for looking for what was meant.
  var givesHints: Bool { hintsLeft >= 0 }

  private mutating func phrases(_ finding: Finding) -> Phrases {
    let node = graph[finding.schema]
    switch finding.reason {
    case .plain:
      return plainPhrases(node, finding)
    case .nothingAllowed:
      return Phrases(
        expected: "no value",
        actual: show(finding.value),
        sentence: "no value is allowed here"
      )
    case .unexpectedMember(let key):
      return unexpectedMember(node, key, finding)
    case .unexpectedItem(let index):
      let allowed = node.prefixItems.count
      return Phrases(
        expected: "at most \(counted(allowed, "item"))",
        actual: show(finding.value),
        sentence: finding.keyword == "unevaluatedItems"
          ? "unexpected item \(index)" : "unexpected item, \(counted(allowed, "item")) allowed"
      )
    case .missing(let name):
      return missing(name, in: finding.value, "the required property '\(name)' is missing")
    case .missingBeside(let name, let because):
      return missing(
        name,
        in: finding.value,
        "'\(because)' requires the property '\(name)', which is missing"
      )
    case .duplicateItems(let first, let second):
      return Phrases(
        expected: "items that differ",
        actual: show(finding.value),
        sentence: "items \(first) and \(second) are equal: \(show(finding.value))"
      )
    case .containsCount(let count):
      return containsCount(node, count, finding)
    case .severalAlternatives(let matched):
      let names = matched.map { "'\(graph.name(of: $0))'" }
      return Phrases(
        expected: "exactly one alternative",
        actual: "\(matched.count) alternatives",
        sentence: "matches \(joined(names, "and")), where exactly one is allowed"
      )
    case .unknownTag(let tag):
      return oneOf(tag.values.flatMap(\.self), finding)
    case .missingTag(let tag):
      let values = show(tag.values.flatMap(\.self))
      let hint = similarName(tag.property, in: finding.value)
      return Phrases(
        expected: "the property '\(tag.property)'",
        actual: show(finding.value),
        sentence: "the property '\(tag.property)' is missing, which tells the alternatives apart: "
          + values + hint
      )
    case .noneOf(let values):
      return oneOf(values, finding)
    case .typeOfNoAlternative(let types):
      return Phrases(
        expected: article(types),
        actual: show(finding.value),
        hint: unquoted(finding.value, types)
      )
    case .missingEach(let names):
      let wanted = joined(names.map { "'\($0)'" }, "or")
      var hint = ""
      for name in names where hint.isEmpty { hint = similarName(name, in: finding.value) }
      return Phrases(
        expected: "the property \(wanted)",
        actual: "nothing",
        sentence: "the property \(wanted) is missing\(hint)"
      )
    case .neither(let others):
      let wanted = others.map { phrases($0).expected }
      return Phrases(expected: joined(wanted, "or"), actual: show(finding.value))
    case .tooCostly(let pattern):
      return Phrases(
        expected: "a match of \(pattern)",
        actual: show(finding.value),
        sentence: "matching the pattern \(pattern) takes too long to decide"
      )
    case .tooDeep(let limit):
      return Phrases(
        expected: "at most \(limit) levels",
        actual: "more",
        sentence: "nested deeper than \(limit) levels"
      )
    }
  }

  private func missing(_ name: String, in object: Int, _ sentence: String) -> Phrases {
    Phrases(
      expected: "the property '\(name)'",
      actual: "nothing",
      sentence: sentence + similarName(name, in: object)
    )
  }

  /// A hint at a property of the object that may be a misspelling.
  private func similarName(_ name: String, in object: Int) -> String {
    let present = members(of: object)
    return similarName(to: name, in: present).map { "; found '\($0)'" } ?? ""
  }

  private func members(of object: Int) -> [String] {
    var names: [String] = []
    var key = tape.firstChild(of: object)
    while tape.kind(of: key) != .end, names.count < 1_000 {
      names.append(tape.string(of: key))
      key = tape.next(after: key + 1)
    }
    return names
  }

  private mutating func unexpectedMember(
    _ node: SchemaNode,
    _ key: Int,
    _ finding: Finding
  ) -> Phrases {
    let name = tape.string(of: key)
    let allowed = knownNames[node.index] ?? graph.knownProperties(of: node.index)
    knownNames[node.index] = allowed
    var hint = ""
    if let nearest = similarName(to: name, in: allowed) {
      hint = "; did you mean '\(nearest)'?"
    } else if !allowed.isEmpty, allowed.count <= 8 {
      hint = "; known are \(joined(allowed.map { "'\($0)'" }, "and"))"
    }
    let expected =
      allowed.isEmpty
      ? "no further property" : "one of the properties \(listed(allowed))"
    return Phrases(
      expected: expected,
      actual: "'\(name)'",
      sentence: "unexpected property '\(name)'\(hint)"
    )
  }

  private func oneOf(_ values: [JSONValue], _ finding: Finding) -> Phrases {
    Phrases(
      expected: values.count == 1 ? show(values) : "one of \(show(values))",
      actual: shown(finding.value, beside: values),
      hint: similarValue(finding.value, values)
    )
  }

  private func containsCount(_ node: SchemaNode, _ count: Int, _ finding: Finding) -> Phrases {
    let what = node.contains.map { graph.name(of: $0) } ?? ""
    let described = what == "contains" ? "that 'contains' describes" : "that match '\(what)'"
    let range =
      switch (node.minContains ?? 1, node.maxContains) {
      case (let low, nil): "at least \(counted(low, "item"))"
      case (let low, let high?) where low == high: "exactly \(counted(low, "item"))"
      case (0, let high?): "at most \(counted(high, "item"))"
      case (let low, let high?): "\(low) to \(counted(high, "item"))"
      }
    return Phrases(expected: "\(range) \(described)", actual: count == 0 ? "none" : String(count))
  }
}

extension SchemaGraph {
  /// The property names that a schema mentions, with those of its references and alternatives; at
  /// most 1,000.
  func knownProperties(of node: Int) -> [String] {
    var names: [String] = []
    var seen: Set<Int> = [node]
    var open = [node]
    while let next = open.popLast(), seen.count < 1_000, names.count < 1_000 {
      names += nodes[next].properties.map(\.name)
      open += nodes[next].inPlaceSubschemas.reversed().filter { seen.insert($0).inserted }
    }
    var unique: Set<String> = []
    return names.prefix(1_000).filter { unique.insert($0).inserted }
  }
}
