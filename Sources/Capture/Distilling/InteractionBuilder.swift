import Contract
import JSON
import JSONSchema
import Pact

/// Makes the interactions of a contract from what a recording holds.
struct InteractionBuilder {
  private let recording: Recording
  private let folding: Folding
  private let redaction: Redaction
  private let providerStates: [ProviderState]
  private var stabilizer: Stabilizer
  /// What the consumer said on each connection so far, as the contract has it.
  private var said: [String: Set<String>] = [:]
  /// Where each connection's provider-made values stand first.
  private var origins: [String: [String: Origin]] = [:]

  private struct Origin {
    var interaction: String
    var response: Int
    var pointer: JSONPointer
  }

  init(
    recording: Recording,
    folding: Folding,
    redaction: Redaction,
    providerStates: [ProviderState]
  ) {
    self.recording = recording
    self.folding = folding
    self.redaction = redaction
    self.providerStates = providerStates
    stabilizer = Stabilizer(folding.kept.flatMap { $0.turn.messages })
  }

  /// The interactions in the order in which they happened, with the turns they were made from.
  mutating func interactions() -> [(interaction: Interaction, kept: Folding.Kept)] {
    folding.kept.enumerated().map { position, kept in
      let interaction = Interaction(
        description: kept.description,
        providerStates: providerStates,
        content: content(of: kept),
        facts: facts(of: kept, position: position + 1)
      )
      note(interaction, kept)
      return (interaction, kept)
    }
  }

  // MARK: Contents

  private mutating func content(of kept: Folding.Kept) -> Interaction.Content {
    switch kept.turn.kind {
    case .exchange(let exchange):
      let request = requestMessage(exchange.request)
      return .exchange(
        request: request,
        responses: exchange.replies.compactMap(\.messages.first).map { reply in
          providerMessage(reply, correlated: exchange.request.correlation != nil)
        }
      )
    case .push(let message):
      return .push(providerMessage(message, correlated: false))
    case .close:
      return .push(InteractionMessage(contents: .missing))
    }
  }

  private mutating func requestMessage(_ message: SeenMessage) -> InteractionMessage {
    let contents = stabilizer.stable(message)
    guard case .json(let value, _) = contents else { return InteractionMessage(contents: contents) }
    said[message.wire.connection, default: []].formUnion(Self.texts(in: value))
    return InteractionMessage(
      contents: contents,
      matchingRules: RuleDerivation(message.definition.payload).rules(for: value)
    )
  }

  private mutating func providerMessage(
    _ message: SeenMessage,
    correlated: Bool
  ) -> InteractionMessage {
    let contents = stabilizer.stable(message)
    guard case .json(let value, let type) = contents else {
      return InteractionMessage(contents: contents)
    }
    let said = said[message.wire.connection] ?? []
    let fixed = [correlated ? message.definition.correlation : nil].compactMap { $0 }
    let derivation = RuleDerivation(
      message.definition.payload,
      fixed: Set(fixed),
      isEcho: { said.contains($0) }
    )
    let whole = InteractionMessage(
      contents: contents,
      matchingRules: derivation.rules(for: value)
    )
    let reduced = ExampleReduction.reduce(value)
    guard reduced != value, message.definition.payload.isValid(reduced) else { return whole }
    let short = InteractionMessage(
      contents: .json(reduced, contentType: type),
      matchingRules: derivation.rules(for: reduced)
    )
    let original = ReceivedMessage(contents)
    return Matching.mismatches(expected: short, actual: original).isEmpty ? short : whole
  }

  /// The texts of a value, and the ids in them.
  private static func texts(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text):
      [text] + UUIDText.ranges(in: text).map { String(text[$0]) }
    case .array(let items): items.flatMap(texts)
    case .object(let object): object.members.flatMap { texts(in: $0.value) }
    default: []
    }
  }

  // MARK: Facts

  private func facts(of kept: Folding.Kept, position: Int) -> WebSocketFacts {
    let turn = kept.turn
    var facts = WebSocketFacts(
      connection: connectionFacts(turn.connection),
      conversation: ConversationFacts(name: conversation(turn.connection), position: position),
      identity: identity(of: turn),
      closeCode: turn.closeCode
    )
    if turn.messages.contains(where: { !$0.wire.isText && $0.value != nil }) {
      facts.frames = .binary
    }
    switch turn.kind {
    case .exchange(let exchange):
      facts.request = exchange.request.name
      facts.responses = exchange.replies.map { replies in
        ResponseFacts(
          message: replies.messages.first?.name,
          minimum: replies.minimum,
          maximum: replies.maximum
        )
      }
      facts.correlation = correlation(of: exchange)
      facts.reuses = reuses(of: exchange.request)
    case .push(let message):
      facts.responses = [
        ResponseFacts(message: message.name, maximum: kept.pushCount > 1 ? nil : 1)
      ]
      facts.audience = kept.audience
      facts.trigger = trigger(of: kept)
    case .close:
      facts.trigger = .connect
    }
    return facts
  }

  private func trigger(of kept: Folding.Kept) -> WebSocketFacts.Trigger {
    folding.trigger(of: kept).map { .interaction($0.description) } ?? .connect
  }

  /// The name of a connection in the contract.
  private func conversation(_ name: String) -> String {
    let names = folding.kept.map(\.turn.connection)
    return names.allSatisfy { $0 == name } ? "main" : name
  }

  private func connectionFacts(_ name: String) -> ConnectionFacts? {
    guard let connection = recording.connections.first(where: { $0.name == name }) else {
      return nil
    }
    return redaction.facts(of: connection.handshake)
  }

  /// Where all messages of a turn carry the value that tells their kind.
  private func identity(of turn: Turn) -> JSONPointer? {
    let pointers = turn.messages.map(\.definition.identity?.pointer)
    guard let first = pointers.first, let first, pointers.allSatisfy({ $0 == first }) else {
      return nil
    }
    return first
  }

  private func correlation(of exchange: Exchange) -> CorrelationFacts? {
    guard let request = exchange.request.definition.correlation,
      let id = exchange.request.correlation
    else { return nil }
    let replies = exchange.replies.flatMap(\.messages).filter { $0.correlation == id }
    guard let response = replies.first?.definition.correlation else { return nil }
    return CorrelationFacts(request: request, response: response)
  }

  // MARK: Reuse

  /// The values of a request that the provider made up earlier on the same connection.
  private func reuses(of request: SeenMessage) -> [ReusedValue] {
    guard let value = request.value, let origins = origins[request.wire.connection] else {
      return []
    }
    return request.definition.payload.leaves(of: value).compactMap { leaf in
      guard leaf.freedom == .free || leaf.freedom == .formed,
        leaf.pointer != request.definition.correlation, let text = leaf.value.stringValue,
        let origin = origins[text]
      else { return nil }
      return ReusedValue(
        target: leaf.pointer,
        interaction: origin.interaction,
        response: origin.response,
        source: origin.pointer
      )
    }
  }

  /// Remembers what the provider made up, by the values of the recording.
  private mutating func note(_ interaction: Interaction, _ kept: Folding.Kept) {
    let connection = kept.turn.connection
    let replies: [SeenMessage] =
      switch kept.turn.kind {
      case .exchange(let exchange): exchange.replies.compactMap(\.messages.first)
      case .push(let message): [message]
      case .close: []
      }
    let texts = recordedTexts(on: connection)
    for (index, reply) in replies.enumerated() {
      guard let value = reply.value else { continue }
      for leaf in reply.definition.payload.leaves(of: value) {
        guard leaf.freedom == .free || leaf.freedom == .formed,
          let text = leaf.value.stringValue, text.utf8.count >= Self.shortestReusedLength,
          !texts.contains(where: { $0.order < reply.wire.order && $0.text == text }),
          origins[connection]?[text] == nil
        else { continue }
        origins[connection, default: [:]][text] = Origin(
          interaction: interaction.description,
          response: index,
          pointer: leaf.pointer
        )
      }
    }
  }

  /// Shorter texts may be equal by chance; 8 bytes.
  private static let shortestReusedLength = 8

  private func recordedTexts(on connection: String) -> [(order: Int, text: String)] {
    folding.kept.filter { $0.turn.connection == connection }.flatMap { kept in
      guard let request = kept.turn.exchange?.request, let value = request.value else {
        return [(order: Int, text: String)]()
      }
      return Self.texts(in: value).map { (request.wire.order, $0) }
    }
  }
}

extension Turn {
  /// All messages of a turn.
  var messages: [SeenMessage] {
    switch kind {
    case .exchange(let exchange): [exchange.request] + exchange.replies.flatMap(\.messages)
    case .push(let message): [message]
    case .close: []
    }
  }
}
