import Contract
import JSON

/// Rules whose paths start from one value: the example, or the item that a variant describes.
struct RuleGroup {
  let entries: [MatchingRules.Entry]
  /// Where the rules stand in the file.
  let pointer: JSONPointer
  /// What problems call the value.
  let name: String
  /// The paths to all parts of the value.
  let places: [ValuePath]
  let rules: RuleSet
  private let value: JSONValue

  init(
    entries: [MatchingRules.Entry],
    value: JSONValue,
    places: [ValuePath]? = nil,
    pointer: JSONPointer,
    name: String
  ) {
    self.entries = entries
    self.value = value
    self.pointer = pointer
    self.name = name
    self.places = places ?? value.allPlaces
    rules = RuleSet(entries)
  }

  /// The place of a rule in the file.
  func location(of path: String, in source: LocatedValue) -> SourceLocation {
    source.keyLocation(of: pointer.appending(path))
  }

  /// The paths of rules that do nothing, and why.
  var unused: [(path: String, problem: String)] {
    entries.compactMap { entry in
      // A rule without a path is on everything.
      guard let path = try? PathExpression(entry.path), !path.tokens.isEmpty else { return nil }
      let fitting = places.filter { path.fitsExactly($0) }
      guard let first = fitting.first else {
        return (entry.path, "the rule on '\(entry.path)' fits nothing in \(name)")
      }
      let obstacles = fitting.compactMap { obstacle(to: path, at: $0) }
      guard obstacles.count == fitting.count, let obstacle = obstacles.first,
        !isTakenBelow(path)
      else { return nil }
      return (entry.path, "the rule on '\(entry.path)' is never taken: \(obstacle) at \(first)")
    }
  }

  /// The rules of `arrayContains` variants, each with the item that it describes.
  var variants: [RuleGroup] {
    entries.flatMap { entry -> [RuleGroup] in
      guard let path = try? PathExpression(entry.path) else { return [] }
      let lists = path.places(in: value).compactMap { value[$0.pointer]?.arrayValue }
      guard let items = lists.first else { return [] }
      return entry.matchers.enumerated().flatMap { number, matcher -> [RuleGroup] in
        guard case .arrayContains(let variants) = matcher else { return [] }
        return variants.enumerated().compactMap { place, variant in
          guard items.indices.contains(variant.index), let rules = variant.rules else { return nil }
          let tokens = [
            entry.path, "matchers", String(number), "variants", String(place), "rules",
          ]
          return RuleGroup(
            entries: rules,
            value: items[variant.index],
            pointer: pointer.appending(JSONPointer(tokens: tokens)),
            name: "item \(variant.index), which the variant describes"
          )
        }
      }
    }
  }

  /// Why a rule is not asked at a place that it fits; `nil` when it is, or when it ties.
  private func obstacle(to path: PathExpression, at place: ValuePath) -> String? {
    for count in place.steps.indices {
      let above = ValuePath(steps: Array(place.steps[..<count]))
      guard let selection = rules.best(at: above), !selection.isCascaded,
        selection.rule.matchers.allSatisfy(\.replacesRulesBelow)
      else { continue }
      return "'eachValue' on '\(selection.rule.path.text)' takes the place of all rules below it"
    }
    guard let best = rules.best(at: place)?.rule.path, best.text != path.text,
      let weight = path.weight(of: place), let other = best.weight(of: place), other > weight,
      !keepsNames(path)
    else { return nil }
    return "'\(best.text)' weighs more (\(other), not \(weight))"
  }

  /// Whether a rule that loses where it stands is taken further below.
  private func isTakenBelow(_ path: PathExpression) -> Bool {
    places.contains { place in
      guard let selection = rules.best(at: place), selection.rule.path.text == path.text else {
        return false
      }
      return obstacle(to: path, at: place) == nil
    }
  }

  /// Whether a rule says something about member names, for which weight does not count.
  private func keepsNames(_ path: PathExpression) -> Bool {
    entries.contains { entry in
      entry.path == path.text
        && entry.matchers.contains { CompiledMatcher($0).allowsMissingMembers }
    }
  }
}

extension CompiledMatcher {
  /// Whether the rules below its path are not asked.
  fileprivate var replacesRulesBelow: Bool {
    if case .eachValue = matcher { true } else { false }
  }
}
