import Contract
import JSON
import Testing

@testable import Pact

/// Messages and contracts for tests.
enum Sample {
  /// A message with contents and rules as they stand in a contract.
  static func message(
    _ content: JSONValue,
    type: String = "application/json",
    rules: JSONValue = [:]
  ) throws -> InteractionMessage {
    try message(object: [
      "contents": ["content": content, "contentType": .string(type)], "matchingRules": rules,
    ])
  }

  /// A message from the object that stands for it in a contract.
  static func message(object value: JSONValue) throws -> InteractionMessage {
    let collector = DiagnosticCollector()
    let source = LocatedValue(unlocated: value, file: "sample")
    let message = MessageReader(DocumentCursor(source, collector: collector)).read()
    let problems = collector.sorted(first: "sample").filter { $0.severity == .error }
    try #require(problems.isEmpty, "\(problems)")
    return try #require(message)
  }

  /// The mismatches between an example with rules and a received value, as `path: message`.
  static func mismatches(
    _ expected: JSONValue,
    _ rules: JSONValue,
    _ actual: JSONValue
  ) throws -> [String] {
    let message = try message(expected, rules: ["body": rules])
    let received = ReceivedMessage(.json(actual, contentType: "application/json"))
    return Matching.mismatches(expected: message, actual: received).map(\.description)
  }

  /// One rule with one matcher.
  static func rule(_ matcher: JSONValue) -> JSONValue { ["matchers": [matcher]] }

  /// A contract with these interactions.
  static func pact(_ interactions: JSONValue...) -> JSONValue {
    [
      "consumer": ["name": "front"],
      "provider": ["name": "chat"],
      "interactions": .array(interactions),
      "metadata": ["pactSpecification": ["version": "4.0"]],
    ]
  }
}
