import Contract
import JSON
import JSONSchema
import Pact

/// A message of a recording with what the document says it is.
struct SeenMessage: Sendable {
  var wire: WireMessage
  var definition: MessageDefinition
  /// What a contract keeps of it.
  var contents: MessageContents

  var name: String { definition.name }

  /// The value, where the message is JSON.
  var value: JSONValue? {
    if case .json(let value, _) = contents { value } else { nil }
  }

  /// The id that ties a reply to its request, where the message has one.
  var correlation: JSONValue? { definition.correlation.flatMap { value?[$0] } }
}

/// Tells what each message of a recording is; what the document does not allow becomes a finding.
struct MessageReading {
  private let api: APIDescription
  private let classifiers: [MessageDirection: MessageClassifier]
  private(set) var findings: [Finding] = []

  init(_ api: APIDescription) {
    self.api = api
    classifiers = Dictionary(
      uniqueKeysWithValues: MessageDirection.allCases.map {
        ($0, MessageClassifier(api, direction: $0))
      }
    )
  }

  /// What a message is; `nil` with a finding when the document does not have it like this.
  mutating func read(_ wire: WireMessage) -> SeenMessage? {
    guard let value = wire.json else { return readOther(wire) }
    switch classifiers[wire.direction]?.classify(value) {
    case .message(_, let index, let violations):
      let definition = api.messages[index]
      guard violations.isEmpty else {
        add("invalid-message", wire, invalid(definition.name), violations.map(\.message))
        return nil
      }
      return SeenMessage(
        wire: wire,
        definition: definition,
        contents: .json(value, contentType: definition.contentType)
      )
    case .unknown(let nearest, let reason):
      let hint = nearest.map { "; the nearest is \($0)" } ?? ""
      add("unknown-message", wire, "\(speaker(wire)) said something undocumented: \(reason)\(hint)")
    case .ambiguous(let names):
      let all = names.joined(separator: " and ")
      add("ambiguous-message", wire, "\(speaker(wire)) said what can be \(all)")
    case .wrongDirection(let name):
      let other = wire.direction == .toProvider ? "provider" : "consumer"
      add("wrong-direction", wire, "\(speaker(wire)) said \(name), which only the \(other) may say")
    case nil:
      return nil
    }
    return nil
  }

  /// A message that is no JSON: the only one of its direction that need not be.
  private mutating func readOther(_ wire: WireMessage) -> SeenMessage? {
    let text = wire.isText ? String(validating: wire.bytes, as: UTF8.self) : nil
    let candidates = api.messages(travelling: wire.direction).filter { definition in
      guard !definition.contentType.lowercased().contains("json") else { return false }
      return text.map { definition.payload.isValid(.string($0)) } ?? !wire.isText
    }
    guard let definition = candidates.first, candidates.count == 1 else {
      let kind = wire.isText ? "a text that is no JSON" : "a binary message"
      add(
        "unknown-message",
        wire,
        "\(speaker(wire)) said \(kind), which the document does not have"
      )
      return nil
    }
    let contents: MessageContents =
      if let text {
        .text(text, contentType: definition.contentType)
      } else {
        .binary(wire.bytes, contentType: definition.contentType)
      }
    return SeenMessage(wire: wire, definition: definition, contents: contents)
  }

  private func speaker(_ wire: WireMessage) -> String {
    wire.direction == .toProvider ? "the consumer" : "the provider"
  }

  private func invalid(_ name: String) -> String { "\(name) is not as the document says" }

  private mutating func add(
    _ rule: String,
    _ wire: WireMessage,
    _ message: String,
    _ details: [String] = []
  ) {
    findings.append(
      Finding(
        rule: rule,
        message: details.count == 1 ? "\(message): \(details[0])" : message,
        traffic: wire.location,
        actual: ReceivedMessage(bytes: wire.bytes, isText: wire.isText).excerpt,
        details: details.count > 1 ? details : []
      )
    )
  }
}
