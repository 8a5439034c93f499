package import JSON
package import JSONSchema

/// Tells which message a payload is, and whether it is as the document says.
///
/// Where the document marks messages with a fixed member, that member's value alone decides, in
/// constant time however many messages there are; the payload schema then judges. Other messages are
/// told by their whole schemas, of which exactly one must accept the payload.
///
/// Spec: AsyncAPI 3.0 "Channel Object": each message is valid against one, and only one, of the
/// messages of its channel.
package struct MessageClassifier: Sendable {
  /// What a payload turned out to be.
  package enum Classification: Sendable, Hashable {
    /// It is the message at this index of `APIDescription.messages`; the violations say what its
    /// schema has against it, and are empty where it is as it should be.
    case message(name: String, index: Int, violations: [SchemaViolation])
    /// It is none of the messages; the nearest one, and why, in words.
    case unknown(nearest: String?, reason: String)
    /// Several messages fit, and the document has nothing to tell them apart.
    case ambiguous([String])
    /// It is a message that only travels the other way.
    case wrongDirection(name: String)
  }

  /// Which way the payloads travel.
  package let direction: MessageDirection
  private let messages: [MessageDefinition]
  private let here: MessageTable
  private let there: MessageTable

  /// How many messages are looked at to find the nearest one.
  private static let maximumNearest = 50

  /// Prepares for the messages that may travel in a direction.
  package init(_ api: APIDescription, direction: MessageDirection) {
    self.direction = direction
    messages = api.messages
    func indexes(_ direction: MessageDirection) -> [Int] {
      let names = Set(api.messages(travelling: direction).map(\.name))
      return api.messages.indices.filter { names.contains(api.messages[$0].name) }
    }
    let own = indexes(direction)
    let known = Set(own)
    here = MessageTable(own, of: api.messages)
    let others = indexes(direction.reversed).filter { !known.contains($0) }
    there = MessageTable(others, of: api.messages)
  }

  /// Tells what a payload is.
  package func classify(_ value: JSONValue) -> Classification {
    classify(ValuePayload(value: value))
  }

  /// Tells what a text is.
  package func classify(_ document: JSONDocument) -> Classification {
    document.withTape { classify(TapePayload(tape: $0, node: 0)) }
  }

  private func classify(_ payload: some ClassifiablePayload) -> Classification {
    if let index = here.marked(payload) { return message(index, payload) }
    if let other = there.marked(payload) {
      return .wrongDirection(name: messages[other].name)
    }
    var fitting = here.unmarked.filter { payload.isValid(messages[$0].payload) }
    if fitting.isEmpty, !here.hasMark(payload) {
      // The member that marks messages need not be required.
      fitting = here.all.filter { payload.isValid(messages[$0].payload) }
    }
    if let index = fitting.first {
      guard fitting.count == 1 else { return .ambiguous(fitting.map { messages[$0].name }) }
      return .message(name: messages[index].name, index: index, violations: [])
    }
    let foreign = there.unmarked.filter { payload.isValid(messages[$0].payload) }
    if let other = foreign.first, foreign.count == 1 {
      return .wrongDirection(name: messages[other].name)
    }
    return unknown(payload)
  }

  private func message(_ index: Int, _ payload: some ClassifiablePayload) -> Classification {
    .message(
      name: messages[index].name,
      index: index,
      violations: payload.violations(messages[index].payload)
    )
  }
}

// MARK: - Unknown payloads

extension MessageClassifier {
  private func unknown(_ payload: some ClassifiablePayload) -> Classification {
    guard !here.all.isEmpty else {
      let receiver = direction == .toProvider ? "provider" : "consumer"
      return .unknown(nearest: nil, reason: "no message may travel to the \(receiver)")
    }
    if let (pointer, value) = here.mark(payload) {
      let nearest = nearestMarked(to: value)
      // Where all messages are marked, the value of the mark is to blame.
      if here.unmarked.isEmpty {
        return .unknown(
          nearest: nearest,
          reason: "'\(pointer)' is \(value.found), which no message has"
        )
      }
    } else if here.unmarked.isEmpty {
      return unmarked(payload)
    }
    return nearestUnmarked(payload)
  }

  /// No message is without a mark, but the payload is.
  private func unmarked(_ payload: some ClassifiablePayload) -> Classification {
    let pointers = here.pointers.map(\.description)
    return .unknown(
      nearest: nil,
      reason: "there is no \(listed(pointers)), which tells messages apart"
    )
  }

  private func nearestMarked(to value: JSONValue) -> String? {
    guard let text = value.stringValue else { return nil }
    let texts = here.all.compactMap { index in
      messages[index].identity?.value.stringValue.map { (text: $0, name: messages[index].name) }
    }
    guard let near = nearestName(to: text, in: texts.map(\.text)) else { return nil }
    return texts.first { $0.text == near }?.name
  }

  /// The message without a mark whose schema has the least against a payload.
  private func nearestUnmarked(_ payload: some ClassifiablePayload) -> Classification {
    var best: (index: Int, violations: [SchemaViolation])?
    for index in here.unmarked.prefix(Self.maximumNearest) {
      let violations = payload.violations(messages[index].payload)
      if violations.count < best?.violations.count ?? .max { best = (index, violations) }
    }
    guard let best, let first = best.violations.first else {
      return .unknown(nearest: nil, reason: "no message fits")
    }
    return .unknown(nearest: messages[best.index].name, reason: first.message)
  }
}

/// The messages of one direction, ready to be told apart.
private struct MessageTable: Sendable {
  /// All messages, as indexes.
  let all: [Int]
  /// Those that only their whole schema can tell.
  let unmarked: [Int]
  /// The members that mark messages, usually one.
  let pointers: [JSONPointer]
  /// For each of the members, the message that each value of it marks.
  private let indexByValue: [[JSONValue: Int]]

  init(_ indexes: [Int], of messages: [MessageDefinition]) {
    var pointers: [JSONPointer] = []
    var tables: [[JSONValue: Int]] = []
    for index in indexes {
      guard let identity = messages[index].identity else { continue }
      let place = pointers.firstIndex(of: identity.pointer) ?? pointers.count
      if place == pointers.count {
        pointers.append(identity.pointer)
        tables.append([:])
      }
      tables[place][identity.value] = tables[place][identity.value] ?? index
    }
    all = indexes
    unmarked = indexes.filter { messages[$0].identity == nil }
    self.pointers = pointers
    indexByValue = tables
  }

  /// The message that a member of the payload marks.
  func marked(_ payload: some ClassifiablePayload) -> Int? {
    for (pointer, table) in zip(pointers, indexByValue) {
      if let value = payload.value(at: pointer), let index = table[value] { return index }
    }
    return nil
  }

  /// The first member that could mark the payload, with its value.
  func mark(_ payload: some ClassifiablePayload) -> (pointer: JSONPointer, value: JSONValue)? {
    for pointer in pointers {
      if let value = payload.value(at: pointer) { return (pointer, value) }
    }
    return nil
  }

  /// Whether a member could mark the payload.
  func hasMark(_ payload: some ClassifiablePayload) -> Bool { mark(payload) != nil }
}

/// A payload in one of the forms that schemas judge.
private protocol ClassifiablePayload {
  func value(at pointer: JSONPointer) -> JSONValue?
  func isValid(_ schema: CompiledSchema) -> Bool
  func violations(_ schema: CompiledSchema) -> [SchemaViolation]
}

private struct ValuePayload: ClassifiablePayload {
  let value: JSONValue

  func value(at pointer: JSONPointer) -> JSONValue? { value[pointer] }
  func isValid(_ schema: CompiledSchema) -> Bool { schema.isValid(value) }
  func violations(_ schema: CompiledSchema) -> [SchemaViolation] { schema.violations(in: value) }
}

private struct TapePayload: ClassifiablePayload {
  let tape: JSONTape
  let node: Int

  func value(at pointer: JSONPointer) -> JSONValue? {
    tape.node(at: pointer).map { tape.value(of: $0.value) }
  }

  func isValid(_ schema: CompiledSchema) -> Bool { schema.isValid(tape, node: node) }
  func violations(_ schema: CompiledSchema) -> [SchemaViolation] {
    schema.violations(in: tape, node: node)
  }
}
