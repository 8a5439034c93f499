package import Contract
package import JSON
import JSONSchema

/// What a provider would say, made from the examples of an API description.
///
/// A plain value without sockets. Each reply is the document's first example of its message; members
/// that the request has too (the correlation id, a thread's id) take the request's values as long as the
/// reply stays valid under its schema.
package struct ExampleReplies: Sendable {
  /// What is said to a message.
  package enum Answer: Sendable, Hashable {
    /// These payloads, in order; none when the document promises no reply.
    case replies([JSONValue])
    /// The message breaks the document; why.
    case objection(String)
  }

  private let api: APIDescription
  private let classifier: MessageClassifier

  /// Prepares to answer what consumers say.
  package init(_ api: APIDescription) {
    self.api = api
    classifier = MessageClassifier(api, direction: .toProvider)
  }

  /// The messages that would have to be said and of which the document has no example.
  package var messagesWithoutExample: [String] {
    var names: [String] = []
    for reply in api.operations.filter({ $0.direction == .toProvider }).compactMap(\.reply) {
      for name in Self.messages(of: reply) where !names.contains(name) {
        if api.message(named: name)?.examples.isEmpty ?? true { names.append(name) }
      }
    }
    return names
  }

  /// What is said to a message.
  package func answer(to payload: JSONValue) -> Answer {
    switch classifier.classify(payload) {
    case .message(let name, _, let violations):
      if let violation = violations.first {
        return .objection("\(name): \(violation.message)")
      }
      return .replies(replies(to: payload, named: name))
    case .unknown(let nearest, let reason):
      return .objection(reason + (nearest.map { "; the nearest message is \($0)" } ?? ""))
    case .ambiguous(let names):
      return .objection("it could be any of \(names.joined(separator: ", "))")
    case .wrongDirection(let name):
      return .objection("\(name) is said by the provider, not to it")
    }
  }

  private func replies(to request: JSONValue, named name: String) -> [JSONValue] {
    let operation = api.operations(opening: name).first { $0.direction == .toProvider }
    guard let reply = operation?.reply else { return [] }
    return Self.messages(of: reply).compactMap { message in
      guard let definition = api.message(named: message), let example = definition.examples.first
      else { return nil }
      return adapted(example.payload, definition, to: request, named: name)
    }
  }

  /// The messages of an answer that goes well: the sequence, or the first of the alternatives.
  private static func messages(of reply: ReplyDescription) -> [String] {
    reply.sequence.isEmpty
      ? Array(reply.messages.prefix(1))
      : reply.sequence.filter { $0.minimum > 0 }.map(\.message)
  }

  /// The example with the values of the request where both have the same members.
  private func adapted(
    _ example: JSONValue,
    _ definition: MessageDefinition,
    to request: JSONValue,
    named name: String
  ) -> JSONValue {
    var reply = example
    if let target = definition.correlation, let source = api.message(named: name)?.correlation,
      let id = request[source]
    {
      _ = reply.set(id, at: target)
    }
    for member in request.objectValue?.members ?? [] {
      let pointer = JSONPointer.root.appending(member.name)
      guard pointer != definition.identity?.pointer, reply[pointer] != nil else { continue }
      var candidate = reply
      if candidate.set(member.value, at: pointer), definition.payload.isValid(candidate) {
        reply = candidate
      }
    }
    return reply
  }
}
