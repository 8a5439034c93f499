import Contract

/// A matcher with everything read that can be read beforehand.
struct CompiledMatcher: Sendable {
  /// The matcher as the contract has it.
  let matcher: Matcher
  /// What it needs to judge values.
  let resource: Resource

  /// What a matcher needs beside its own parameters.
  enum Resource: Sendable {
    case nothing
    case pattern(PactPattern)
    case dateTime(DateTimePattern)
    /// The rules of each variant of `arrayContains`.
    case variants([(index: Int, rules: RuleSet)])
    /// The matchers of `eachKey` and `eachValue`.
    case each([CompiledMatcher])
    /// The matcher cannot work, and why.
    case unusable(String)
  }

  init(_ matcher: Matcher) {
    self.matcher = matcher
    resource = Self.resource(of: matcher)
  }

  private static func resource(of matcher: Matcher) -> Resource {
    switch matcher {
    case .regex(let source):
      do { return .pattern(try PactPattern.cached(source)) } catch { return .unusable("\(error)") }
    case .date(let format):
      return dateTime(format, or: DateTimePattern.defaultDate)
    case .time(let format):
      return dateTime(format, or: DateTimePattern.defaultTime)
    case .dateTime(let format):
      return dateTime(format, or: DateTimePattern.defaultDateTime)
    case .arrayContains(let variants):
      return .variants(
        variants.map { variant in
          (variant.index, variant.rules.map { RuleSet($0) } ?? .equality)
        }
      )
    case .eachKey(let rule), .eachValue(let rule):
      return .each(rule.matchers.map(CompiledMatcher.init))
    default:
      return .nothing
    }
  }

  private static func dateTime(_ format: String?, or standard: String) -> Resource {
    let format = format.flatMap { $0.isEmpty ? nil : $0 } ?? standard
    do {
      return .dateTime(try DateTimePattern(format))
    } catch {
      return .unusable("\(error)")
    }
  }
}

extension CompiledMatcher {
  /// Whether it takes an object's members for values of unknown names.
  var isValuesMatcher: Bool {
    switch matcher {
    case .values, .eachValue, .arrayContains: true
    default: false
    }
  }

  /// Whether it makes missing members of the object at its path no mismatch.
  var allowsMissingMembers: Bool {
    switch matcher {
    case .values, .eachValue, .eachKey: true
    default: false
    }
  }
}
