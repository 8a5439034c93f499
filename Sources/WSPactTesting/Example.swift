import Contract
import JSON
import Pact

/// A message, or a part of one, as an example together with what may differ from it.
///
/// A plain literal stands for itself: `["op": "subscribe"]` asks for exactly that text. Everything else is
/// named: ``integer(_:)``, ``matching(_:_:)``, ``eachLike(_:atLeast:atMost:)``. In a message of the provider,
/// members that the example does not have are allowed.
///
/// Spec: Pact V4 "Matching Rules".
public struct Example: Sendable {
  /// A matcher and the part that it is on, as the end of a path expression (`.id`, `[*]`).
  struct Rule: Sendable {
    var path: String
    var matchers: [Matcher]
  }

  /// What is said when it is said.
  let value: JSONValue
  /// What may differ.
  let rules: [Rule]

  init(_ value: JSONValue, _ rules: [Rule] = []) {
    self.value = value
    self.rules = rules
  }

  /// An example with matchers on the whole of it.
  init(_ value: JSONValue, _ matchers: Matcher...) {
    self.init(value, [Rule(path: "", matchers: matchers)])
  }

  /// The rules of a part, seen from what is around it.
  func rules(under path: String) -> [Rule] {
    rules.map { Rule(path: path + $0.path, matchers: $0.matchers) }
  }

  /// The example as a contract keeps it.
  var message: InteractionMessage {
    InteractionMessage(
      contents: .json(value, contentType: "application/json"),
      matchingRules: MatchingRules(
        body: rules.map { MatchingRules.Entry(path: "$" + $0.path, matchers: $0.matchers) }
      )
    )
  }
}

// MARK: - Literals

extension Example: ExpressibleByStringLiteral {
  /// Exactly this text.
  public init(stringLiteral value: String) { self.init(.string(value)) }
}

extension Example: ExpressibleByIntegerLiteral {
  /// Exactly this number.
  public init(integerLiteral value: Int) { self.init(.number(JSONNumber(value))) }
}

extension Example: ExpressibleByFloatLiteral {
  /// Exactly this number.
  public init(floatLiteral value: Double) { self.init(Example.number(value)) }
}

extension Example: ExpressibleByBooleanLiteral {
  /// Exactly this truth value.
  public init(booleanLiteral value: Bool) { self.init(.bool(value)) }
}

extension Example: ExpressibleByNilLiteral {
  /// Exactly `null`.
  public init(nilLiteral: ()) { self.init(.null) }
}

extension Example: ExpressibleByArrayLiteral {
  /// A list of exactly these items, each as it says.
  public init(arrayLiteral items: Example...) {
    self.init(
      .array(items.map(\.value)),
      items.enumerated().flatMap { $1.rules(under: "[\($0)]") }
    )
  }
}

extension Example: ExpressibleByDictionaryLiteral {
  /// An object with these members, each as it says.
  public init(dictionaryLiteral members: (String, Example)...) {
    self.init(
      .object(JSONObject(members.map { .init(name: $0, value: $1.value) })),
      members.flatMap { $1.rules(under: ValuePath.text(ofMember: $0)) }
    )
  }
}

extension Example {
  static func number(_ value: Double) -> JSONValue {
    JSONNumber("\(value)").map { .number($0) } ?? .null
  }
}
