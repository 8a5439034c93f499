import Contract
import JSON

/// Reads the matching rules of a message.
///
/// Spec: Pact V4 "Matching Rules". The official test cases call the body `content`; both are read.
struct RulesReader {
  private let place: DocumentCursor

  init(_ place: DocumentCursor) { self.place = place }

  /// The rules; problems are in the collector.
  func read() -> MatchingRules {
    var rules = MatchingRules()
    guard let categories = place.members() else { return rules }
    for category in categories {
      switch category.name {
      case "body", "content": rules.body += entries(category)
      case "metadata": rules.metadata += entries(category, arePlainNames: true)
      default:
        rules.unknownCategories[category.name] = category.value
        category.collector.warn(
          at: category.keyLocation,
          "rules for '\(category.name)' mean nothing for a message; 'body' and 'metadata' do"
        )
      }
    }
    return rules
  }

  /// The rules of a V3 message, which may be written as in version 2: paths from the message, each
  /// with one matcher (`$.body.id`).
  func readVersion3() -> MatchingRules {
    guard let members = place.members(), members.contains(where: { $0.name.hasPrefix("$") }) else {
      return read()
    }
    var rules = MatchingRules()
    for member in members {
      let names = ["$.body", "$.contents", "$.content"]
      guard let prefix = names.first(where: { Self.isPath(member.name, below: $0) }) else {
        member.collector.warn(
          at: member.keyLocation,
          "the rule on '\(member.name)' is on no part of the contents and is left out"
        )
        continue
      }
      let path = "$" + member.name.dropFirst(prefix.count)
      do {
        _ = try PathExpression(path)
      } catch {
        member.keyError("\(error)")
        continue
      }
      if let matcher = MatcherReader(member).read() {
        rules.body.append(MatchingRules.Entry(path: path, matchers: [matcher]))
      }
    }
    return rules
  }

  private static func isPath(_ path: String, below start: String) -> Bool {
    guard path.hasPrefix(start) else { return false }
    let next = path.dropFirst(start.count).first
    return next == nil || next == "." || next == "["
  }

  /// The rules of one category by path.
  private func entries(
    _ category: DocumentCursor,
    arePlainNames: Bool = false
  ) -> [MatchingRules.Entry] {
    guard let members = category.members() else { return [] }
    if category["matchers"] != nil { return [entry(category, path: "")].compactMap { $0 } }
    return members.compactMap { member in
      if !arePlainNames {
        do {
          _ = try PathExpression(member.name)
        } catch {
          member.keyError("\(error)")
          return nil
        }
      }
      return entry(member, path: member.name)
    }
  }

  private func entry(_ place: DocumentCursor, path: String) -> MatchingRules.Entry? {
    guard let items = place.required("matchers", of: "a rule")?.items() else { return nil }
    let matchers = items.compactMap { MatcherReader($0).read() }
    guard matchers.count == items.count else { return nil }
    guard !matchers.isEmpty else {
      place.error("a rule needs at least one matcher")
      return nil
    }
    return MatchingRules.Entry(path: path, combine: combine(place), matchers: matchers)
  }

  private func combine(_ place: DocumentCursor) -> MatchingRules.Combine {
    guard let combine = place["combine"] else { return .and }
    if let known = MatchingRules.Combine(rawValue: combine.string()?.uppercased() ?? "AND") {
      return known
    }
    combine.error("'combine' must be 'AND' or 'OR', found \(combine.value.found)")
    return .and
  }

  /// The rules of an `arrayContains` variant, whose paths start at the item.
  static func variantRules(_ place: DocumentCursor) -> [MatchingRules.Entry] {
    RulesReader(place).entries(place)
  }
}
