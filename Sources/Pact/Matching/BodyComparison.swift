import Contract
import JSON

/// Compares a JSON body with its example as the official engine does.
///
/// Spec: Pact V3 "Matching Rules"; pact_matching, `json` and `matchingrules`.
struct BodyComparison {
  /// Whether members that the example does not have are passed over.
  let allowsUnexpectedMembers: Bool
  /// What was found so far, in the order of the example.
  private(set) var mismatches: [Mismatch] = []

  init(allowsUnexpectedMembers: Bool = true) {
    self.allowsUnexpectedMembers = allowsUnexpectedMembers
  }

  /// Compares a value and everything in it.
  mutating func compare(
    _ expected: JSONValue,
    _ actual: JSONValue,
    at path: ValuePath,
    rules: RuleSet
  ) {
    switch (expected, actual) {
    case (.object(let expected), .object(let actual)):
      compareObjects(expected, actual, at: path, rules: rules)
    case (.array(let expected), .array(let actual)):
      compareArrays(expected, actual, at: path, rules: rules)
    case (.object, _), (.array, _):
      add(
        Objection("found \(actual.withType), expected an \(expected.kind.rawValue)"),
        expected,
        actual,
        at: path,
        rule: "type"
      )
    default:
      compareScalars(expected, actual, at: path, rules: rules)
    }
  }

  /// Compares values of which the expected one contains nothing.
  private mutating func compareScalars(
    _ expected: JSONValue,
    _ actual: JSONValue,
    at path: ValuePath,
    rules: RuleSet
  ) {
    guard let selection = rules.best(at: path) else {
      let objection = CompiledMatcher(.equality).objection(
        expected: expected,
        actual: actual,
        isCascaded: false
      )
      if let objection { add(objection, expected, actual, at: path, rule: "equality") }
      return
    }
    guard !selection.rule.matchers.isEmpty else {
      addNoMatcher(expected, actual, at: path, rule: selection.rule)
      return
    }
    let objections = selection.rule.matchers.map { matcher in
      matcher.objection(expected: expected, actual: actual, isCascaded: selection.isCascaded)
    }
    if selection.rule.combine == .or, objections.contains(nil) { return }
    for (matcher, objection) in zip(selection.rule.matchers, objections) {
      guard let objection else { continue }
      add(objection, expected, actual, at: path, rule: selection.rule.name(of: matcher))
    }
  }

  private mutating func compareObjects(
    _ expected: JSONObject,
    _ actual: JSONObject,
    at path: ValuePath,
    rules: RuleSet
  ) {
    guard let selection = rules.best(at: path) else {
      compareNames(expected, actual, at: path, rules: rules)
      compareMembers(expected, actual, at: path, rules: rules)
      return
    }
    // All matchers must agree here, whatever the rule says about combining.
    for matcher in selection.rule.matchers {
      if matcher.isValuesMatcher, !selection.isCascaded {
        compareValues(expected, actual, at: path, rules: matcher.rulesForValues(at: path) ?? rules)
        continue
      }
      let objection = matcher.objection(
        expected: expected,
        actual: actual,
        isCascaded: selection.isCascaded
      )
      if let objection {
        add(
          objection,
          .object(expected),
          .object(actual),
          at: path,
          rule: selection.rule.name(of: matcher)
        )
      }
      compareNames(expected, actual, at: path, rules: rules)
      compareMembers(expected, actual, at: path, rules: rules)
    }
  }

  /// Compares every received member, those of unknown names with the first expected one.
  private mutating func compareValues(
    _ expected: JSONObject,
    _ actual: JSONObject,
    at path: ValuePath,
    rules: RuleSet
  ) {
    let first = expected.sortedMembers.first
    for member in actual.sortedMembers {
      guard let example = expected[member.name] ?? first?.value else { continue }
      compare(example, member.value, at: path.appending(member.name), rules: rules)
    }
  }

  private mutating func compareMembers(
    _ expected: JSONObject,
    _ actual: JSONObject,
    at path: ValuePath,
    rules: RuleSet
  ) {
    for member in expected.members {
      guard let value = actual[member.name] else { continue }
      compare(member.value, value, at: path.appending(member.name), rules: rules)
    }
  }

  /// Looks for missing members, and applies `eachKey`.
  private mutating func compareNames(
    _ expected: JSONObject,
    _ actual: JSONObject,
    at path: ValuePath,
    rules: RuleSet
  ) {
    let direct = rules.direct(at: path)
    if !(direct?.matchers.contains(where: \.allowsMissingMembers) ?? false) {
      for member in expected.members where actual[member.name] == nil {
        addMissing(member, in: expected, actual, at: path)
      }
      for member in actual.members
      where !allowsUnexpectedMembers && expected[member.name] == nil {
        add(
          Objection("the member '\(member.name)' is not expected"),
          nil,
          member.value,
          at: path.appending(member.name),
          rule: "equality"
        )
      }
    }
    guard direct != nil, let selection = rules.best(at: path) else { return }
    for matcher in selection.rule.matchers {
      guard case .eachKey = matcher.matcher, case .each(let matchers) = matcher.resource else {
        continue
      }
      for member in actual.sortedMembers {
        for part in matchers {
          guard let objection = part.objection(expectedText: "", actualText: member.name) else {
            continue
          }
          add(
            Objection("the name of the member: \(objection.message)"),
            nil,
            .string(member.name),
            at: path.appending(member.name),
            rule: selection.rule.name(of: matcher)
          )
        }
      }
    }
  }

  private mutating func addMissing(
    _ member: JSONObject.Member,
    in expected: JSONObject,
    _ actual: JSONObject,
    at path: ValuePath
  ) {
    let strangers = actual.names.filter { expected[$0] == nil }
    let near = nearestName(to: member.name, in: strangers).map { "; found '\($0)' instead" }
    let message = "the member '\(member.name)' is missing\(near ?? "")"
    add(
      Mismatch(
        at: path.appending(member.name),
        expected: Excerpt.of(member.value),
        actual: nil,
        rule: "required",
        message: message
      )
    )
  }
}

extension BodyComparison {
  mutating func compareArrays(
    _ expected: [JSONValue],
    _ actual: [JSONValue],
    at path: ValuePath,
    rules: RuleSet
  ) {
    guard let selection = rules.best(at: path) else {
      for (index, example) in expected.enumerated() where index < actual.count {
        compare(example, actual[index], at: path.appending(index), rules: rules)
      }
      if expected.count != actual.count {
        add(
          Objection("found \(actual.count) items, expected \(expected.count)"),
          .array(expected),
          .array(actual),
          at: path,
          rule: "equality"
        )
      }
      return
    }
    guard !selection.rule.matchers.isEmpty else {
      addNoMatcher(.array(expected), .array(actual), at: path, rule: selection.rule)
      return
    }
    let results = selection.rule.matchers.map { matcher in
      var part = BodyComparison(allowsUnexpectedMembers: allowsUnexpectedMembers)
      part.compareArrays(
        expected,
        actual,
        at: path,
        rules: rules,
        matcher: matcher,
        selection: selection
      )
      return part.mismatches
    }
    if selection.rule.combine == .or, results.contains([]) { return }
    for mismatch in results.joined() { add(mismatch) }
  }

  private mutating func compareArrays(
    _ expected: [JSONValue],
    _ actual: [JSONValue],
    at path: ValuePath,
    rules: RuleSet,
    matcher: CompiledMatcher,
    selection: RuleSet.Selection
  ) {
    // An empty example has nothing to compare with: any items fit.
    guard !expected.isEmpty else { return }
    let name = selection.rule.name(of: matcher)
    switch (matcher.matcher, matcher.resource) {
    case (.arrayContains, .variants(let variants)):
      compareVariants(variants, expected, actual, at: path, rule: name)
    case (.eachValue, _):
      guard !selection.isCascaded else { return }
      compareItems(
        expected,
        actual,
        at: path,
        rules: matcher.rulesForValues(at: path) ?? rules,
        rule: name
      )
    default:
      let objection = matcher.objection(
        expected: expected,
        actual: actual,
        isCascaded: selection.isCascaded
      )
      if let objection {
        add(objection, .array(expected), .array(actual), at: path, rule: name)
      }
      compareItems(expected, actual, at: path, rules: rules, rule: name)
    }
  }

  /// Compares item by item, further ones with the first example.
  private mutating func compareItems(
    _ expected: [JSONValue],
    _ actual: [JSONValue],
    at path: ValuePath,
    rules: RuleSet,
    rule: String
  ) {
    for (index, item) in actual.enumerated() {
      let example = index < expected.count ? expected[index] : expected[0]
      compare(example, item, at: path.appending(index), rules: rules)
    }
    for index in actual.count..<max(actual.count, expected.count)
    where !rules.hasRule(at: path.appending(index)) {
      add(
        Objection("the item is missing; found \(actual.count) of \(expected.count)"),
        expected[index],
        nil,
        at: path.appending(index),
        rule: rule
      )
    }
  }

  private mutating func compareVariants(
    _ variants: [(index: Int, rules: RuleSet)],
    _ expected: [JSONValue],
    _ actual: [JSONValue],
    at path: ValuePath,
    rule: String
  ) {
    let variants =
      variants.isEmpty ? expected.indices.map { ($0, RuleSet.equality) } : variants
    for (index, rules) in variants {
      guard expected.indices.contains(index) else {
        let message = "the contract has \(expected.count) example items and no variant \(index)"
        add(Objection(message), .array(expected), .array(actual), at: path, rule: rule)
        continue
      }
      let isFound = actual.contains { item in
        var attempt = BodyComparison(allowsUnexpectedMembers: allowsUnexpectedMembers)
        attempt.compare(expected[index], item, at: .root, rules: rules)
        return attempt.mismatches.isEmpty
      }
      if !isFound {
        add(
          Objection("no item matches variant \(index): \(Excerpt.of(expected[index]))"),
          expected[index],
          .array(actual),
          at: path,
          rule: rule
        )
      }
    }
  }

  /// An `eachValue` without rules leaves values with nothing that could accept them.
  private mutating func addNoMatcher(
    _ expected: JSONValue,
    _ actual: JSONValue,
    at path: ValuePath,
    rule: RuleSet.Rule
  ) {
    add(
      Objection("'eachValue' above has no rules, so nothing can match here"),
      expected,
      actual,
      at: path,
      rule: "eachValue at \(rule.path.text)"
    )
  }

  mutating func add(
    _ objection: Objection,
    _ expected: JSONValue?,
    _ actual: JSONValue?,
    at path: ValuePath,
    rule: String
  ) {
    add(
      Mismatch(
        at: path,
        expected: expected.map { Excerpt.of($0) },
        actual: actual.map { Excerpt.of($0) },
        rule: rule,
        message: objection.message
      )
    )
  }

  /// Notes a difference once, although several matchers of one path may find it.
  private mutating func add(_ mismatch: Mismatch) {
    if !mismatches.contains(mismatch) { mismatches.append(mismatch) }
  }
}

extension RuleSet.Rule {
  /// A matcher with the path it stands on, for messages.
  func name(of matcher: CompiledMatcher) -> String { "\(matcher.matcher.name) at \(path.text)" }
}

extension CompiledMatcher {
  /// The rules that `eachValue` puts in place of all others below its path.
  fileprivate func rulesForValues(at path: ValuePath) -> RuleSet? {
    guard case .eachValue = matcher, case .each(let matchers) = resource else { return nil }
    let steps = path.steps.map { step -> PathExpression.Token in
      switch step {
      case .name(let name), .element(let name, _, _): .name(name)
      case .index(let index): .index(UInt(index))
      }
    }
    let path = PathExpression(tokens: [.root] + steps + [.anyChild])
    return RuleSet(rules: [RuleSet.Rule(path: path, combine: .and, matchers: matchers)])
  }
}
