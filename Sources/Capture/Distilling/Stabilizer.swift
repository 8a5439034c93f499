import Contract
import JSON
import JSONSchema

/// Replaces what a provider makes up anew each time, so that the same traffic gives the same contract.
///
/// UUIDs and points in time that the provider said first become the document's own example values,
/// or numbered ones. Values that the consumer said first stay, as provider states may depend on them;
/// only request ids that look random are numbered too.
struct Stabilizer {
  /// The point in time that stands for every other where the document has no example.
  static let time = "2000-01-01T00:00:00Z"

  /// Texts and ids in texts that the consumer said.
  private var saidByConsumer: Set<String>
  private var replacements: [String: String] = [:]
  private var used: Set<String>
  private var count = 0

  /// Looks through what was said.
  init(_ messages: [SeenMessage]) {
    var consumer: Set<String> = []
    var provider: Set<String> = []
    for message in messages.sorted(by: { $0.wire.order < $1.wire.order }) {
      guard let value = message.value else { continue }
      let texts = Self.volatileTexts(in: value)
      if message.wire.direction == .toProvider {
        consumer.formUnion(texts.filter { !provider.contains($0) })
      } else {
        provider.formUnion(texts.filter { !consumer.contains($0) })
      }
    }
    saidByConsumer = consumer
    used = consumer
  }

  /// The ids and times in a value.
  private static func volatileTexts(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text):
      Timestamp.isTimestamp(text) ? [text] : UUIDText.ranges(in: text).map { String(text[$0]) }
    case .array(let items): items.flatMap(volatileTexts)
    case .object(let object):
      object.members.flatMap { volatileTexts(in: .string($0.name)) + volatileTexts(in: $0.value) }
    default: []
    }
  }

  /// The contents of a message as the contract keeps them.
  ///
  /// Where the replacements would break the document's schema, the message stays as it was.
  mutating func stable(_ message: SeenMessage) -> MessageContents {
    guard case .json(let value, let type) = message.contents else { return message.contents }
    if message.wire.direction == .toProvider { noteRequestID(of: message) }
    let replaced = replace(in: value, at: .root, message.definition)
    return .json(message.definition.payload.isValid(replaced) ? replaced : value, contentType: type)
  }

  /// A request id that was made by chance gets a number.
  private mutating func noteRequestID(of message: SeenMessage) {
    guard let id = message.correlation?.stringValue, UUIDText.isUUID(id),
      !UUIDText.looksWritten(id), replacements[id] == nil
    else { return }
    replacements[id] = numbered(like: id)
  }

  private mutating func replace(
    in value: JSONValue,
    at pointer: JSONPointer,
    _ definition: MessageDefinition
  ) -> JSONValue {
    switch value {
    case .string(let text):
      return .string(replace(text, at: pointer, definition))
    case .array(let items):
      return .array(
        items.enumerated().map { replace(in: $1, at: pointer.appending($0), definition) }
      )
    case .object(let object):
      return .object(
        JSONObject(
          object.members.map { member in
            JSONObject.Member(
              name: replaceIDs(in: member.name),
              value: replace(in: member.value, at: pointer.appending(member.name), definition)
            )
          }
        )
      )
    default:
      return value
    }
  }

  private mutating func replace(
    _ text: String,
    at pointer: JSONPointer,
    _ definition: MessageDefinition
  ) -> String {
    if Timestamp.isTimestamp(text) {
      guard !saidByConsumer.contains(text) else { return text }
      return example(at: pointer, of: definition, where: Timestamp.isTimestamp) ?? Self.time
    }
    guard UUIDText.isUUID(text) else { return replaceIDs(in: text) }
    if let known = replacements[text] { return known }
    guard !saidByConsumer.contains(text) else { return text }
    let own = example(at: pointer, of: definition) { UUIDText.isUUID($0) && !used.contains($0) }
    let replacement = own ?? numbered(like: text)
    replacements[text] = replacement
    used.insert(replacement)
    return replacement
  }

  /// Replaces the ids in a longer text.
  private mutating func replaceIDs(in text: String) -> String {
    var result = text
    for range in UUIDText.ranges(in: text).reversed() {
      let id = String(text[range])
      if replacements[id] == nil, !saidByConsumer.contains(id) {
        replacements[id] = numbered(like: id)
      }
      if let known = replacements[id] { result.replaceSubrange(range, with: known) }
    }
    return result
  }

  private mutating func numbered(like id: String) -> String {
    while true {
      count += 1
      let candidate = UUIDText.numbered(count, like: id)
      if used.insert(candidate).inserted { return candidate }
    }
  }

  /// A value of the document's examples at a place, or at the same place of the first item.
  private func example(
    at pointer: JSONPointer,
    of definition: MessageDefinition,
    where isUsable: (String) -> Bool
  ) -> String? {
    let first = JSONPointer(
      tokens: pointer.tokens.map { JSONValue.arrayIndex($0) == nil ? $0 : "0" }
    )
    for place in [pointer, first] {
      for example in definition.examples {
        if let text = example.payload[place]?.stringValue, isUsable(text) { return text }
      }
    }
    return nil
  }
}
