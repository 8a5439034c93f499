import Contract
import JSON
import JSONSchema
import Pact

/// The matchers for one string, number, Boolean or null.
struct ScalarRules {
  private static let anything = #"^[\s\S]*$"#

  let view: SchemaView
  /// The schemas that the value has to satisfy.
  let schemas: [Int]

  /// What a contract asks of a value.
  struct Rule {
    var matchers: [Matcher]
    var combine = MatchingRules.Combine.and
    /// Whether the schema gives the form of the text, as it does for ids.
    var isFormed = false
    /// Whether the schema lists the values.
    var isListed = false
  }

  /// The rule for an example; `nil` where the value has to be equal.
  func rule(for value: JSONValue) -> Rule? {
    let nodes = view.applicable(schemas, to: value)
    let types = view.possibleTypes(schemas)
    guard let main = mainMatchers(for: value, nodes, types) else { return nil }
    var rule = Rule(matchers: main)
    rule.isListed = allowedValues(nodes) != nil
    rule.isFormed = !rule.isListed && nodes.contains { $0.format != nil || $0.pattern != nil }
    guard types.contains(.null), types != .all, value.kind != .null else { return rule }
    // Matchers of one path join in one way only, so a nullable value gets its first one.
    rule.matchers = Array(main.prefix(1)) + [.null]
    rule.combine = .or
    return rule
  }

  private func mainMatchers(
    for value: JSONValue,
    _ nodes: [SchemaNode],
    _ types: SchemaTypes
  ) -> [Matcher]? {
    if let allowed = allowedValues(nodes) { return enumeration(allowed, value) }
    switch value {
    case .string(let text): return string(text, nodes, types)
    case .number(let number): return [self.number(number, types)]
    case .bool: return [.type(minimum: nil, maximum: nil)]
    case .null: return types == .null ? nil : [.regex(Self.anything)]
    case .array, .object: return nil
    }
  }

  /// The values that `const` and `enum` leave, or `nil` when there is neither.
  private func allowedValues(_ nodes: [SchemaNode]) -> [JSONValue]? {
    let lists = nodes.compactMap { $0.constant.map { [$0] } ?? $0.enumeration }
    guard var allowed = lists.first else { return nil }
    for list in lists.dropFirst() { allowed.removeAll { !list.contains($0) } }
    return allowed
  }

  private func enumeration(_ allowed: [JSONValue], _ value: JSONValue) -> [Matcher]? {
    let values = allowed.filter { $0.kind == value.kind }
    guard values.count > 1 else { return nil }
    switch value {
    case .string:
      let texts = values.compactMap(\.stringValue)
      return [.regex("^(?:\(texts.map(Self.escaped).joined(separator: "|")))$")]
    case .number:
      let texts = values.compactMap(\.numberValue?.text)
      return [.regex("^(?:\(texts.map(Self.escaped).joined(separator: "|")))$")]
    default:
      return [.type(minimum: nil, maximum: nil)]
    }
  }

  private func string(_ text: String, _ nodes: [SchemaNode], _ types: SchemaTypes) -> [Matcher] {
    let others = types.subtracting([.string, .null])
    guard others.isEmpty || types == .all else { return [.regex(Self.anything)] }
    let formats = nodes.compactMap { $0.format.flatMap(FormatPattern.source) }
    let patterns = nodes.compactMap { $0.pattern.flatMap { PortablePattern($0)?.source } }
    var sources: [String] = []
    for source in formats + patterns where !sources.contains(source) && Self.fits(text, source) {
      sources.append(source)
    }
    if !sources.isEmpty { return sources.map { .regex($0) } }
    let isNeverEmpty = nodes.contains { ($0.minLength ?? 0) > 0 }
    return [.type(minimum: nil, maximum: nil)] + (isNeverEmpty ? [.notEmpty] : [])
  }

  private func number(_ number: JSONNumber, _ types: SchemaTypes) -> Matcher {
    let others = types.subtracting([.number, .integer, .null])
    guard others.isEmpty || types == .all else { return .regex(Self.anything) }
    let isWritten = number.text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
    return types.contains(.integer) && !types.contains(.number) && isWritten ? .integer : .number
  }

  private static func fits(_ text: String, _ source: String) -> Bool {
    (try? PactPattern.cached(source))?.fits(text) ?? false
  }

  /// A text with everything escaped that a pattern would read otherwise.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      #"^$\.*+?()[]{}|"#.unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
    }.joined()
  }
}
