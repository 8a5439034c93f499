package import JSON
package import JSONSchema

/// Tells which message a payload is, and whether it is as the document says.
///
/// Where the document marks messages with a fixed member, that member's value alone decides, in
/// constant time however many messages there are; the payload schema then judges. Other messages,
/// and those of several sockets that have the same mark, are told by their whole schemas, of which
/// exactly one must accept the payload.
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
  ///
  /// - Parameters:
  ///   - api: The description.
  ///   - direction: Which way the payloads travel.
  ///   - socketPath: The path of the socket they travel on, as channels have it (with its
  ///     `{parameters}`); `nil` for any.
  package init(_ api: APIDescription, direction: MessageDirection, socketPath: String? = nil) {
    self.direction = direction
    messages = api.messages
    let channels = api.channels.filter { $0.socketPath == socketPath }.map(\.name)
    let onSocket = Set(channels)
    func indexes(_ direction: MessageDirection) -> [Int] {
      let names = Set(api.messages(travelling: direction).map(\.name))
      return api.messages.indices.filter { index in
        let message = api.messages[index]
        return names.contains(message.name)
          && (socketPath == nil || message.channels.contains { onSocket.contains($0) })
      }
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
    let marked = here.marked(payload)
    if let index = marked.first {
      return marked.count == 1 ? message(index, payload) : best(of: marked, payload)
    }
    if let other = there.marked(payload).first {
      return .wrongDirection(name: messages[other].name)
    }
    var fitting = here.unmarked.filter { payload.isValid(messages[$0].payload) }
    if fitting.isEmpty, here.mark(payload) == nil {
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

// MARK: - Several candidates

extension MessageClassifier {
  /// The one of several messages with the same mark that accepts a payload, or has the least against
  /// it.
  private func best(of marked: [Int], _ payload: some ClassifiablePayload) -> Classification {
    let judged = marked.map { (index: $0, violations: payload.violations(messages[$0].payload)) }
    let valid = judged.filter(\.violations.isEmpty)
    guard valid.count <= 1 else { return .ambiguous(valid.map { messages[$0.index].name }) }
    guard let best = judged.min(by: { $0.violations.count < $1.violations.count }) else {
      return unknown(payload)
    }
    return .message(
      name: messages[best.index].name,
      index: best.index,
      violations: best.violations
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
