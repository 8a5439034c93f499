import Contract
import JSON

/// Finds out which messages of a recording belong together.
///
/// A reply is tied to its request by the correlation id where the document gives one, else by the
/// document's `reply` in the order of the requests. What the provider says beside that is a push,
/// made by the latest request.
struct Pairing {
  private let api: APIDescription
  private(set) var turns: [Turn] = []
  private(set) var findings: [Finding] = []
  private(set) var notes: [String] = []
  /// The exchanges of each connection that are not complete, as indexes of turns.
  private var open: [String: [Int]] = [:]
  /// The provider's own requests that await an answer, such as heartbeats.
  private var asked: [String: [SeenMessage]] = [:]
  private var latestRequest: Int?
  /// The latest exchange of each connection by its request's id.
  private var exchanges: [String: [JSONValue: Int]] = [:]

  init(_ api: APIDescription) { self.api = api }

  /// Goes through all connections in the order of their messages.
  mutating func read(_ recording: Recording, _ reading: inout MessageReading) {
    let messages = recording.connections.flatMap(\.messages).sorted { $0.order < $1.order }
    for wire in messages {
      guard let message = reading.read(wire) else { continue }
      switch wire.direction {
      case .toProvider: said(message)
      case .toConsumer: heard(message)
      }
    }
    for connection in recording.connections {
      if let close = connection.providerClose { closed(connection.name, close) }
    }
    dropUnfinished()
  }

  // MARK: Consumer

  private mutating func said(_ message: SeenMessage) {
    if answersProvider(message) { return }
    let operation = api.operations(opening: message.name).first { $0.direction == .toProvider }
    // An answer to something that the provider is not known to have asked says nothing.
    guard let operation else { return }
    let exchange = Exchange(request: message, reply: operation.reply)
    latestRequest = turns.count
    if let id = message.correlation {
      exchanges[message.wire.connection, default: [:]][id] = turns.count
    }
    if operation.reply != nil { open[message.wire.connection, default: []].append(turns.count) }
    turns.append(Turn(connection: message.wire.connection, kind: .exchange(exchange)))
  }

  /// Whether the consumer answers the provider, for example its heartbeat.
  private mutating func answersProvider(_ message: SeenMessage) -> Bool {
    let waiting = asked[message.wire.connection] ?? []
    let index = waiting.firstIndex { question in
      let operation = api.operations(opening: question.name).first { $0.direction == .toConsumer }
      guard operation?.reply?.messages.contains(message.name) ?? false else { return false }
      guard let id = question.correlation, let answer = message.correlation else { return true }
      return id == answer
    }
    guard let index else { return false }
    asked[message.wire.connection]?.remove(at: index)
    return true
  }

  // MARK: Provider

  private mutating func heard(_ message: SeenMessage) {
    let connection = message.wire.connection
    if let turn = exchange(for: message), case .exchange(var exchange) = turns[turn].kind {
      if exchange.take(message) {
        turns[turn].kind = .exchange(exchange)
        if exchange.isComplete { open[connection]?.removeAll { $0 == turn } }
      } else {
        report(
          "undocumented-reply",
          message,
          "\(message.name) is no reply to \(exchange.request.name) at this place; \(exchange.hint)"
        )
      }
      return
    }
    let operation = api.operations(opening: message.name).first { $0.direction == .toConsumer }
    guard let operation else {
      report(
        "reply-without-request",
        message,
        "\(message.name) came although nothing that it answers had been asked"
      )
      return
    }
    if operation.reply != nil {
      asked[connection, default: []].append(message)
    } else {
      let trigger = latestRequest.map { Turn.Trigger.turn($0) } ?? .connect
      turns.append(Turn(connection: connection, kind: .push(message), trigger: trigger))
    }
  }

  /// The exchange that a message belongs to.
  private func exchange(for message: SeenMessage) -> Int? {
    let waiting = open[message.wire.connection] ?? []
    if let id = message.correlation {
      // An exchange that is complete may get one reply too many.
      let turn = exchanges[message.wire.connection]?[id]
      return turn.flatMap { isOwn(message, $0) ? $0 : nil }
    }
    return waiting.first { turn in
      guard let exchange = turns[turn].exchange, exchange.expects(message.name) else {
        return false
      }
      // Without the id that its kind could carry, a message was not made for this request.
      return exchange.request.correlation == nil || message.definition.correlation == nil
    }
  }

  /// Whether the document knows a message as a reply to the request of a turn.
  private func isOwn(_ message: SeenMessage, _ turn: Int) -> Bool {
    let isOpen = open[message.wire.connection]?.contains(turn) ?? false
    let isReply = turns[turn].exchange?.reply?.messages.contains(message.name) ?? false
    return isOpen || isReply
  }

  private mutating func closed(_ name: String, _ close: RecordedConnection.ProviderClose) {
    guard ![1000, 1001, 1005].contains(close.code) else { return }
    let documented = api.closeCodes.map(\.code)
    if !documented.isEmpty, !documented.contains(close.code) {
      findings.append(
        Finding(
          rule: "undocumented-close-code",
          message: "the provider closed the connection with \(close.code), which the document "
            + "does not have",
          traffic: TrafficLocation(connection: name, frame: close.frame)
        )
      )
    }
    if let last = turns.lastIndex(where: { $0.connection == name && $0.exchange != nil }) {
      turns[last].closeCode = close.code
      open[name]?.removeAll { $0 == last }
    } else {
      turns.append(Turn(connection: name, kind: .close, closeCode: close.code))
    }
  }

  /// Leaves out what was asked and not answered in full; pushes stay, as made by opening.
  private mutating func dropUnfinished() {
    let unfinished = turns.indices.filter { index in
      guard let exchange = turns[index].exchange, turns[index].closeCode == nil else {
        return false
      }
      return !exchange.isSatisfied
    }
    for index in unfinished {
      guard let request = turns[index].exchange?.request else { continue }
      notes.append(
        "\(request.name) at \(request.wire.connection), frame \(request.wire.frame), was not "
          + "answered in full and is left out"
      )
    }
    remove(Set(unfinished))
  }

  private mutating func remove(_ indexes: Set<Int>) {
    guard !indexes.isEmpty else { return }
    var moved: [Int: Int] = [:]
    for index in turns.indices where !indexes.contains(index) { moved[index] = moved.count }
    turns = turns.indices.compactMap { index -> Turn? in
      guard moved[index] != nil else { return nil }
      var turn = turns[index]
      if case .turn(let trigger) = turn.trigger {
        // What an unfinished request caused cannot be told without it.
        guard let target = moved[trigger] else { return nil }
        turn.trigger = .turn(target)
      }
      return turn
    }
  }

  private mutating func report(_ rule: String, _ message: SeenMessage, _ text: String) {
    findings.append(Finding(rule: rule, message: text, traffic: message.wire.location))
  }
}

extension Exchange {
  /// Whether nothing more can come.
  fileprivate var isComplete: Bool {
    guard let reply, isSatisfied else { return self.reply == nil }
    return !reply.messages.contains { expects($0) }
  }

  /// What would have been right, in words.
  fileprivate var hint: String {
    let expected = (reply?.messages ?? []).filter { expects($0) }
    return expected.isEmpty
      ? "its answer was complete" : "expected \(expected.joined(separator: " or "))"
  }
}
