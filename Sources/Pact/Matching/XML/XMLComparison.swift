import Contract

/// Compares an XML body with its example as the official engine does.
///
/// Names are compared with their namespaces, prefixes say nothing. Elements of one name are compared in
/// their order; where a `type` rule applies each of them is compared with the first example. The order
/// of elements of different names and that of attributes does not matter, nor does white space around
/// texts. The children that `min` and `max` of a `type` rule count are all nodes: texts and comments too.
///
/// Spec: Pact V3 "Matching Rules", "XML"; pact_matching, `xml`. Two things go beyond that engine, as the
/// case files of the specification ask for them: a path may have an index after an element's name
/// (`$.list[0].item`), and a pattern on an element may be about its text.
struct XMLComparison {
  /// Whether attributes and elements that the example does not have are passed over.
  let allowsUnexpectedParts: Bool
  let rules: RuleSet
  /// What was found so far, in the order of the example.
  private(set) var mismatches: [Mismatch] = []

  init(rules: RuleSet, allowsUnexpectedParts: Bool = true) {
    self.rules = rules
    self.allowsUnexpectedParts = allowsUnexpectedParts
  }

  /// Compares two documents.
  mutating func compare(_ expected: XMLTree, _ actual: XMLTree) {
    // Rules are looked up by the expected name, whatever the received one is.
    compare(
      expected.root,
      actual.root,
      at: .root.appending(expected.root, index: 0, of: 1)
    )
  }

  private mutating func compare(
    _ expected: XMLTree.Element,
    _ actual: XMLTree.Element,
    at path: ValuePath
  ) {
    let isSame = judge(at: path, expected.tag, actual.tag) { matcher, isCascaded in
      matcher.objection(expected: expected, actual: actual, isCascaded: isCascaded)
    }
    // What is in an element that is another one says nothing more.
    guard isSame else { return }
    compareAttributes(expected, actual, at: path)
    compareChildren(expected, actual, at: path)
    compare(expected.text, actual.text, at: path.appendingText)
  }

  private mutating func compareAttributes(
    _ expected: XMLTree.Element,
    _ actual: XMLTree.Element,
    at path: ValuePath
  ) {
    let received = Dictionary(
      actual.attributes.map { ($0.name.expanded, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for attribute in expected.attributes {
      let place = path.appending(attribute: attribute.name)
      if let found = received[attribute.name.expanded] {
        compare(attribute.value, found.value, at: place)
      } else {
        let message = "the attribute '\(attribute.name.written)' is missing"
        add(message, attribute.value, nil, at: place, rule: "required")
      }
    }
    guard !allowsUnexpectedParts else { return }
    let names = Set(expected.attributes.map(\.name.expanded))
    for attribute in actual.attributes where !names.contains(attribute.name.expanded) {
      let message = "the attribute '\(attribute.name.written)' is not expected"
      let place = path.appending(attribute: attribute.name)
      add(message, nil, attribute.value, at: place, rule: "equality")
    }
  }

  private mutating func compareChildren(
    _ expected: XMLTree.Element,
    _ actual: XMLTree.Element,
    at path: ValuePath
  ) {
    let received = actual.elementsByName
    let groups = Dictionary(received.map { ($0.name, $0.elements) }) { first, _ in first }
    let examples = expected.elementsByName
    for (name, elements) in examples {
      compare(elements, groups[name] ?? [], at: path)
    }
    let names = Set(examples.map(\.name))
    for (name, elements) in received where !names.contains(name) {
      guard let first = elements.first else { continue }
      let place = path.appending(first, index: 0, of: 1)
      let ofType = rules.typeRule(at: place)
      guard !allowsUnexpectedParts || ofType != nil else { continue }
      let message = "the element \(first.tag) is not expected"
      add(message, nil, first.tag, at: place, rule: ofType ?? "equality")
    }
  }

  /// Compares elements of one name.
  private mutating func compare(
    _ expected: [XMLTree.Element],
    _ actual: [XMLTree.Element],
    at path: ValuePath
  ) {
    guard let first = expected.first else { return }
    let count = max(expected.count, actual.count)
    let isTyped =
      !actual.isEmpty && rules.typeRule(at: path.appending(first, index: 0, of: 1)) != nil
    for (index, element) in actual.enumerated() {
      let place = path.appending(first, index: index, of: count)
      if isTyped {
        compare(first, element, at: place)
      } else if index < expected.count {
        compare(expected[index], element, at: place)
      } else if !allowsUnexpectedParts {
        let message =
          "the element \(element.tag) is not expected; found \(count), expected \(expected.count)"
        add(message, nil, element.tag, at: place, rule: "equality")
      }
    }
    guard !isTyped else { return }
    for index in actual.count..<max(actual.count, expected.count) {
      let number = expected.count > 1 ? "; found \(actual.count) of \(expected.count)" : ""
      add(
        "the element \(expected[index].tag) is missing\(number)",
        expected[index].tag,
        nil,
        at: path.appending(first, index: index, of: count),
        rule: "required"
      )
    }
  }

  /// Compares a text or the value of an attribute.
  private mutating func compare(_ expected: String, _ actual: String, at path: ValuePath) {
    judge(at: path, expected, actual) { matcher, isCascaded in
      matcher.objection(expectedText: expected, actualText: actual, isCascaded: isCascaded)
    }
  }

  /// Asks the matchers of the best rule, or for equality where there is none.
  ///
  /// - Returns: Whether they agree.
  @discardableResult private mutating func judge(
    at path: ValuePath,
    _ expected: String,
    _ actual: String,
    _ objection: (CompiledMatcher, Bool) -> Objection?
  ) -> Bool {
    guard let selection = rules.best(at: path) else {
      guard let objection = objection(CompiledMatcher(.equality), false) else { return true }
      add(objection.message, expected, actual, at: path, rule: "equality")
      return false
    }
    let matchers = selection.rule.matchers
    let objections = matchers.map { objection($0, selection.isCascaded) }
    let isAccepted =
      selection.rule.combine == .or
      ? objections.contains(nil) : objections.allSatisfy { $0 == nil }
    guard !isAccepted else { return true }
    for case (let matcher, let objection?) in zip(matchers, objections) {
      let rule = selection.rule.name(of: matcher)
      add(objection.message, expected, actual, at: path, rule: rule)
    }
    return false
  }

  private mutating func add(
    _ message: String,
    _ expected: String?,
    _ actual: String?,
    at path: ValuePath,
    rule: String
  ) {
    mismatches.append(
      Mismatch(
        at: path,
        expected: expected.map { Excerpt.of($0) },
        actual: actual.map { Excerpt.of($0) },
        rule: rule,
        message: message
      )
    )
  }
}

extension RuleSet {
  /// The first `type` matcher that applies to an element, best or not, with the path it stands on.
  fileprivate func typeRule(at path: ValuePath) -> String? {
    for rule in fitting(path) {
      if let matcher = rule.matchers.first(where: \.isType) { return rule.name(of: matcher) }
    }
    return nil
  }
}

extension CompiledMatcher {
  fileprivate var isType: Bool {
    if case .type = matcher { true } else { false }
  }

  /// Compares an element's own name, and how much it contains; contents are compared besides.
  func objection(
    expected: XMLTree.Element,
    actual: XMLTree.Element,
    isCascaded: Bool
  ) -> Objection? {
    switch (matcher, resource) {
    case (_, .unusable(let reason)): return Objection(reason)
    case (.regex, .pattern(let pattern)):
      return pattern.fits(actual.name.local) || isAboutText(pattern, expected, actual)
        ? nil : Objection("found \(actual.tag), whose name does not match \(pattern.source)")
    case (.equality, _), (.type(nil, nil), _):
      return expected.name.expanded == actual.name.expanded
        ? nil : Objection("found \(actual.tag), expected \(expected.tag)")
    case (.type(let minimum, let maximum), _):
      return isCascaded
        ? nil : sizeObjection(actual.children.count, minimum, maximum, unit: "child node")
    case (.notEmpty, _):
      return actual.children.isEmpty
        ? Objection("found \(actual.tag) with nothing in it, expected something") : nil
    default:
      return Objection("found the element \(actual.tag), which '\(matcher.name)' cannot judge")
    }
  }
}

extension CompiledMatcher {
  /// Whether a pattern on an element can only be meant for its text, to which it cascades.
  ///
  /// The official engine asks a pattern on an element of the element's name. A case file of version 3
  /// has one for the text, which that engine would refuse in the example itself.
  private func isAboutText(
    _ pattern: PactPattern,
    _ expected: XMLTree.Element,
    _ actual: XMLTree.Element
  ) -> Bool {
    expected.name.expanded == actual.name.expanded && expected.elements.isEmpty
      && !pattern.fits(expected.name.local) && pattern.fits(expected.text)
  }
}

extension XMLTree.Element {
  /// The element for messages: `<name>`, with its namespace where it has one.
  fileprivate var tag: String {
    "<\(name.local)>" + (name.namespace.map { " of \($0)" } ?? "")
  }
}
