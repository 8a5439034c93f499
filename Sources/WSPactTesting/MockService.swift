import Contract
import JSON
import Pact
import WebSocket

/// A provider that answers as described, and remembers what it was asked.
actor MockService: WebSocketService {
  /// What became of the descriptions.
  struct Record: Sendable {
    /// The connection on which each interaction took place first, by its index.
    var connections: [Int: Int] = [:]
    /// What came that nothing describes, in sentences.
    var surprises: [String] = []
  }

  /// An interaction, ready to be played.
  private struct Part {
    var interaction: Interaction
    /// Judges requests; `nil` for a push.
    var matcher: MessageMatcher?
  }

  private let parts: [Part]
  private let paths: Set<String>
  private let loop: ServerLoop
  private let finished: @Sendable () -> Void
  private var targets: [Int: String] = [:]
  private var record = Record()

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  /// Begins to play.
  ///
  /// - Parameters:
  ///   - interactions: What is described.
  ///   - loop: The event loop of the server.
  ///   - finished: Is told when every interaction has taken place.
  init(_ interactions: [Interaction], loop: ServerLoop, finished: @escaping @Sendable () -> Void) {
    parts = interactions.map { interaction in
      guard case .exchange(let request, _) = interaction.content else {
        return Part(interaction: interaction)
      }
      // A consumer that sends more than it said relies on more than it said.
      let matcher = MessageMatcher(request, allowsUnexpectedMembers: false)
      return Part(interaction: interaction, matcher: matcher)
    }
    paths = Set(interactions.compactMap(\.facts.connection?.path))
    self.loop = loop
    self.finished = finished
  }

  /// What has become of the descriptions so far.
  var outcome: Record { record }

  // MARK: Connections

  func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    let isKnown = paths.isEmpty || paths.contains(request.path)
    guard isKnown || parts.contains(where: { $0.interaction.facts.connection == nil }) else {
      let known = paths.sorted().joined(separator: ", ")
      record.surprises.append("a connection to \(request.path); described are \(known)")
      return .refuse(status: 404, reason: "described are \(known)")
    }
    let offered = request.subprotocols
    let wanted = parts.compactMap(\.interaction.facts.connection?.subprotocol)
    return .accept(subprotocol: offered.first { wanted.contains($0) })
  }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    targets[connection.id] = request.path
    for (index, part) in parts.enumerated()
    where part.interaction.facts.trigger == .connect && belongs(part, connection) {
      play(index, answering: nil, on: connection)
    }
  }

  func closed(_ connection: ServerConnection, _ closure: Closure) {
    targets[connection.id] = nil
  }

  private func belongs(_ part: Part, _ connection: ServerConnection) -> Bool {
    part.interaction.facts.connection.map { $0.path == targets[connection.id] } ?? true
  }

  // MARK: Messages

  func received(_ message: Message, on connection: ServerConnection) {
    let received = ReceivedMessage(bytes: message.payload, isText: message.kind == .text)
    let fitting = parts.indices.filter { index in
      belongs(parts[index], connection)
        && parts[index].matcher?.mismatches(with: received).isEmpty == true
    }
    // Described twice, it takes place twice; said once more, it is answered as before.
    let index = fitting.first { record.connections[$0] == nil } ?? fitting.last
    if let index {
      play(index, answering: received, on: connection)
    } else {
      record.surprises.append(surprise(received, connection))
    }
  }

  private func play(
    _ index: Int,
    answering request: ReceivedMessage?,
    on connection: ServerConnection
  ) {
    let interaction = parts[index].interaction
    record.connections[index] = record.connections[index] ?? connection.id
    for (place, message) in interaction.providerMessages.enumerated() {
      let facts = interaction.facts.responses
      let count = facts.indices.contains(place) ? max(1, facts[place].minimum) : 1
      for _ in 0..<count { say(message, answering: request, interaction.facts, on: connection) }
    }
    for (next, part) in parts.enumerated()
    where part.interaction.facts.trigger == .interaction(interaction.description) {
      play(next, answering: nil, on: connection)
    }
    if let code = interaction.facts.closeCode { connection.close(CloseCode(rawValue: code)) }
    if record.connections.count == parts.count { finished() }
  }

  private func say(
    _ message: InteractionMessage,
    answering request: ReceivedMessage?,
    _ facts: WebSocketFacts,
    on connection: ServerConnection
  ) {
    switch message.contents {
    case .missing: break
    case .json(var value, _):
      if let correlation = facts.correlation, value[correlation.response] != nil,
        let id = request?.json?[correlation.request]
      {
        value.set(id, at: correlation.response)
      }
      connection.send(Message(kind: .text, payload: value.bytes()))
    case .text(let text, _): connection.send(.text(text))
    case .binary(let bytes, _): connection.send(.binary(bytes))
    }
  }

  /// What came, and how it differs from the description that is nearest.
  private func surprise(_ received: ReceivedMessage, _ connection: ServerConnection) -> String {
    let text = "connection \(connection.id) said \(received.excerpt)"
    let candidates = parts.compactMap { part in
      part.matcher.map { (part.interaction, $0.mismatches(with: received)) }
    }
    guard let nearest = candidates.min(by: { $0.1.count < $1.1.count }) else {
      return text + ", and no interaction begins with a message of the consumer"
    }
    let lines = nearest.1.prefix(5).map { "\n      \($0)" }.joined()
    let path = nearest.0.facts.connection.map { " on \($0.path)" } ?? ""
    return text + "\n    nearest is '\(nearest.0.description)'\(path):"
      + (lines.isEmpty ? "\n      it belongs to another connection" : lines)
  }
}
