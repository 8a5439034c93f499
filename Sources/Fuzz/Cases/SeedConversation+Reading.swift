package import Contract
import JSON

extension SeedConversation {
  /// The conversations of a contract, each with its interactions in order; what belongs to none is a
  /// conversation of its own.
  ///
  /// - Parameters:
  ///   - interactions: The interactions of the contract.
  ///   - origin: Where they stand.
  /// - Returns: The conversations in which the consumer says something.
  package static func conversations(
    of interactions: [Interaction],
    origin: String
  ) -> [SeedConversation] {
    var order: [String] = []
    var groups: [String: [Interaction]] = [:]
    for (place, interaction) in interactions.enumerated() {
      let name = interaction.facts.conversation?.name ?? "interaction \(place + 1)"
      if groups[name] == nil { order.append(name) }
      groups[name, default: []].append(interaction)
    }
    return order.compactMap { name in
      let own = (groups[name] ?? []).enumerated().sorted { left, right in
        let (first, second) = (left.element.position, right.element.position)
        return first == second ? left.offset < right.offset : first < second
      }
      let lines = own.flatMap { $0.element.lines(on: name) }
      guard lines.contains(where: \.isFromConsumer) else { return nil }
      return SeedConversation(origin: origin, lines: lines)
    }
  }

  /// The conversation of a transcript: its messages that are JSON texts.
  ///
  /// - Returns: `nil` when the client says nothing.
  package init?(_ transcript: Transcript, origin: String) {
    let lines = transcript.events.compactMap { event -> Line? in
      let (frame, isFromConsumer): (TranscriptFrame, Bool)
      switch event.kind {
      case .sent(let sent): (frame, isFromConsumer) = (sent, true)
      case .received(let received): (frame, isFromConsumer) = (received, false)
      default: return nil
      }
      guard frame.opcode == .text, let connection = event.connection,
        let payload = try? JSONValue.parse(frame.payload)
      else { return nil }
      return Line(connection: connection, isFromConsumer: isFromConsumer, payload: payload)
    }
    guard lines.contains(where: \.isFromConsumer) else { return nil }
    self.init(origin: origin, lines: lines)
  }
}

extension Interaction {
  fileprivate var position: Int { facts.conversation?.position ?? 0 }

  /// What is said in it, as far as it is JSON.
  fileprivate func lines(on connection: String) -> [SeedConversation.Line] {
    func line(_ message: InteractionMessage, isFromConsumer: Bool) -> SeedConversation.Line? {
      guard case .json(let payload, _) = message.contents else { return nil }
      return SeedConversation.Line(
        connection: connection,
        isFromConsumer: isFromConsumer,
        payload: payload
      )
    }
    switch content {
    case .exchange(let request, let responses):
      return [line(request, isFromConsumer: true)].compactMap { $0 }
        + responses.compactMap { line($0, isFromConsumer: false) }
    case .push(let message):
      return [line(message, isFromConsumer: false)].compactMap { $0 }
    }
  }
}
