package import Contract
import JSON
import Session
import WebSocket

/// What a transcript says about a provider, seen through its API description: which reply belongs to
/// which request, and what belongs to nothing.
///
/// A fold over events: it can be kept up to date while a case runs, or made from a whole transcript.
/// Judges read it and decide nothing here.
package struct Evidence: Sendable {
  /// The API.
  package let index: APIIndex
  /// Every connection, in the order of their openings.
  package internal(set) var connections: [ConnectionRecord] = []
  /// Every request that promises an answer, in order.
  package internal(set) var exchanges: [Exchange] = []
  /// Every message of the provider, in the order in which it was taken.
  package internal(set) var received: [ReceivedMessage] = []
  /// What the client said wrongly, in order.
  package internal(set) var provocations: [Provocation] = []
  /// Connections that did not come to be.
  package private(set) var refusals: [Refusal] = []
  /// How the provider's process ended, if it did.
  package private(set) var exit: ProcessExit?
  /// When this program stood still, in nanoseconds of the transcript.
  package private(set) var stalls: [ClosedRange<Int64>] = []
  /// How many messages the client sent.
  package private(set) var sentCount = 0
  /// What the provider's process had in use each time that no connection was open, where it is watched.
  package private(set) var processSamples: [ProcessSample] = []
  /// The messages of the client, for judges that look for what it has said itself.
  package private(set) var saidPayloads: [[UInt8]] = []
  /// The place of the connection on which the client spoke last.
  package private(set) var lastSpeaker: Int?
  /// The time of the last event, in nanoseconds of the transcript.
  package private(set) var end: Int64 = 0
  /// How many messages are not what they should be; a case stops when there is one.
  package private(set) var irregularities = 0

  private let reader: MessageReader

  /// Begins with nothing seen.
  package init(_ index: APIIndex) {
    self.index = index
    reader = MessageReader(index)
  }

  /// Reads a whole transcript.
  package init(_ index: APIIndex, transcript: Transcript) {
    self.init(index)
    for event in transcript.events { observe(event) }
  }
}

extension Evidence {
  /// A connection that did not come to be.
  package struct Refusal: Sendable, Hashable {
    /// Its name.
    package var connection: String
    /// The HTTP status, where there was one.
    package var status: Int?
    /// Why, in words.
    package var reason: String
    /// When, in nanoseconds of the transcript.
    package var nanoseconds: Int64
  }

  /// How the provider's process ended.
  package struct ProcessExit: Sendable, Hashable {
    /// The exit code, unless a signal ended it.
    package var code: Int32?
    /// The signal that ended it.
    package var signal: Int32?
  }
}

// MARK: - Observing

extension Evidence {
  /// Takes the next event of the transcript.
  package mutating func observe(_ event: TranscriptEvent) {
    end = max(end, event.nanoseconds)
    switch event.kind {
    case .opened:
      guard let name = event.connection else { break }
      connections.append(ConnectionRecord(name: name, openedAt: event.nanoseconds))
    case .sent(let frame):
      if let connection = openConnection(event.connection) { sent(frame, connection, event) }
    case .received(let frame):
      if let connection = openConnection(event.connection) { receive(frame, connection, event) }
    case .closed(let closure):
      if let connection = openConnection(event.connection) { close(closure, connection, event) }
    case .refused(let status, let reason):
      let refusal = Refusal(
        connection: event.connection ?? "",
        status: status,
        reason: reason,
        nanoseconds: event.nanoseconds
      )
      refusals.append(refusal)
    case .providerExited(let code, let signal):
      exit = ProcessExit(code: code, signal: signal)
    case .stalled(let nanoseconds):
      stalls.append(event.nanoseconds - min(nanoseconds, event.nanoseconds)...event.nanoseconds)
    case .note(let text):
      if event.connection == nil { readFigures(in: text) }
      guard let connection = openConnection(event.connection) else { break }
      if SessionNote.disturbances.contains(text) { connections[connection].isDisturbed = true }
    case .providerState, .providerStarted, .missed:
      break
    }
  }

  private mutating func readFigures(in note: String) {
    guard let figures = SessionNote.figures(in: note) else { return }
    processSamples.append(
      ProcessSample(
        figures: figures,
        messages: saidPayloads.count,
        connections: connections.count
      )
    )
  }

  /// The place of the connection of this name that is open.
  private func openConnection(_ name: String?) -> Int? {
    connections.lastIndex { $0.name == name && $0.closure == nil }
  }

  private mutating func close(
    _ closure: TranscriptClosure,
    _ connection: Int,
    _ event: TranscriptEvent
  ) {
    connections[connection].closure = closure
    connections[connection].closedAt = event.nanoseconds
    let open = connections[connection].exchanges.filter { exchanges[$0].state == .open }
    connections[connection].culprit =
      provokedEnd(of: connection, closure, at: event.nanoseconds) ?? open.first.map {
        exchanges[$0].request
      } ?? connections[connection].lastSent
    for exchange in open {
      exchanges[exchange].cutAt = event.nanoseconds
      if closure.initiator != .local { exchanges[exchange].state = .cut }
    }
    if closure.initiator != .local || closure.problemKind == .violation { irregularities += 1 }
  }

  private mutating func sent(
    _ frame: TranscriptFrame,
    _ connection: Int,
    _ event: TranscriptEvent
  ) {
    connections[connection].frames += 1
    let isData = frame.opcode == .text || frame.opcode == .binary || frame.opcode == .raw
    if isData { sentCount += 1 }
    guard connections[connection].stream == nil, !Self.isPartOfStream(frame) else {
      lastSpeaker = connection
      readStream(frame, connection, event)
      return
    }
    if isData { said(frame, nil, connection, event) }
  }

  /// Takes a whole message of the client.
  mutating func said(
    _ frame: TranscriptFrame,
    _ framing: ClientStream.Framing?,
    _ connection: Int,
    _ event: TranscriptEvent
  ) {
    saidPayloads.append(frame.payload)
    let message = reader.read(frame, .toProvider)
    let operation = message.name.flatMap { index.requests[$0] }
    let sent = SentMessage(
      name: message.name,
      operation: operation.map { index.api.operations[$0].name },
      isValid: message.isValid,
      frame: connections[connection].frames,
      step: event.step,
      nanoseconds: event.nanoseconds,
      framing: framing
    )
    lastSpeaker = connection
    if provoke(with: message, frame, sent, connection) { return }
    connections[connection].lastSent = sent
    guard let operation, let name = message.name, message.isValid,
      let reply = index.api.operations[operation].reply
    else { return }
    connections[connection].exchanges.append(exchanges.count)
    exchanges.append(
      Exchange(
        operation: operation,
        operationName: index.api.operations[operation].name,
        message: name,
        connection: connection,
        request: sent,
        correlation: message.correlation,
        document: index.api.operations[operation].effects.state == nil ? nil : message.document,
        progress: ReplyProgress(reply)
      )
    )
  }

  private mutating func receive(
    _ frame: TranscriptFrame,
    _ connection: Int,
    _ event: TranscriptEvent
  ) {
    connections[connection].frames += 1
    if frame.opcode == .pong, connections[connection].unansweredPing?.payload == frame.payload {
      connections[connection].unansweredPing = nil
    }
    guard frame.opcode == .text || frame.opcode == .binary else { return }
    let message = reader.read(frame, .toConsumer)
    let role = role(of: message, connection, at: event.nanoseconds)
    received.append(
      ReceivedMessage(
        connection: connection,
        frame: connections[connection].frames,
        step: event.step,
        nanoseconds: event.nanoseconds,
        message: message,
        payload: frame,
        role: role
      )
    )
    if index.hasEffects, case .reply(let exchange) = role, exchanges[exchange].outcome == nil {
      exchanges[exchange].outcome = outcome(of: exchanges[exchange])
    }
    // Who hears of another's request may be meant to, or not: a judge tells when it is over.
    let mayBeMeant = message.name.map(index.pushes.contains) ?? false
    if !message.isValid || role.isIrregular(mayBeMeant) { irregularities += 1 }
  }
}

extension ReceivedMessage.Role {
  /// Whether a correct provider never says it.
  ///
  /// - Parameter isPush: Whether the document lets the provider say the message unasked.
  /// - Returns: Whether it is so.
  fileprivate func isIrregular(_ isPush: Bool) -> Bool {
    switch self {
    case .reply, .push: false
    case .reaction(_, let isRejection): !isRejection
    case .foreign: !isPush
    default: true
    }
  }
}

// MARK: - Whose reply it is

extension Evidence {
  private mutating func role(
    of message: ReadMessage,
    _ connection: Int,
    at time: Int64
  ) -> ReceivedMessage.Role {
    guard !connections[connection].provocations.isEmpty else {
      return assign(message, connection, at: time)
    }
    if let reaction = reaction(of: message, connection) { return reaction }
    let role = assign(message, connection, at: time)
    if role == .push, let late = lateRefusal(message, connection) { return late }
    guard message.name != nil, role.isIrregular(true), role != .undocumented else { return role }
    return explanation(of: message, connection, role) ?? role
  }

  private mutating func assign(
    _ message: ReadMessage,
    _ connection: Int,
    at time: Int64
  ) -> ReceivedMessage.Role {
    guard let name = likeliestName(of: message, connection) else { return .undocumented }
    if let id = message.correlation { return assign(name, id: id, connection, at: time) }
    if let exchange = oldestWaiting(for: name, connection, hasID: false) {
      return take(name, exchange, at: time)
    }
    if index.pushes.contains(name) { return .push }
    if let exchange = oldestWaiting(for: name, connection, hasID: true) {
      guard message.hasCorrelation else { return take(name, exchange, at: time) }
      _ = take(name, exchange, at: time)
      return .missingID(exchange: exchange)
    }
    return superfluous(name, connection) ?? .unsolicited
  }

  /// The name of a message; where it may have several, one that is waited for.
  private func likeliestName(of message: ReadMessage, _ connection: Int) -> String? {
    guard message.names.count > 1 else { return message.name }
    let awaited = message.names.first { name in
      connections[connection].exchanges.contains {
        exchanges[$0].state == .open && exchanges[$0].progress.expected.contains(name)
      }
    }
    return awaited ?? message.name
  }

  private mutating func assign(
    _ name: String,
    id: JSONValue,
    _ connection: Int,
    at time: Int64
  ) -> ReceivedMessage.Role {
    // The newest first: an id may be used again when its answer is over.
    let own = connections[connection].exchanges.reversed()
    let matching = own.filter { exchanges[$0].correlation == id && mayAnswer(name, $0) }
    if let open = matching.last(where: { exchanges[$0].state == .open }) ?? matching.first {
      return take(name, open, at: time)
    }
    if let exchange = oldestWaiting(for: name, connection, hasID: false) {
      return take(name, exchange, at: time)
    }
    let foreign = exchanges.lastIndex {
      $0.connection != connection && $0.correlation == id
        && index.reply(to: $0.message)?.messages.contains(name) ?? false
    }
    if let foreign { return .foreign(exchange: foreign) }
    let isAwaited = oldestWaiting(for: name, connection, hasID: true) != nil
    if index.pushes.contains(name), !isAwaited { return .push }
    return .unknownID
  }

  private func mayAnswer(_ name: String, _ exchange: Int) -> Bool {
    index.reply(to: exchanges[exchange].message)?.messages.contains(name) ?? false
  }

  /// The oldest request of a connection that this message could be the next reply to.
  private func oldestWaiting(for name: String, _ connection: Int, hasID: Bool) -> Int? {
    connections[connection].exchanges.first {
      exchanges[$0].state == .open && (exchanges[$0].correlation != nil) == hasID
        && mayAnswer(name, $0)
    }
  }

  /// The last request of a connection that has had this reply already.
  private func superfluous(_ name: String, _ connection: Int) -> ReceivedMessage.Role? {
    connections[connection].exchanges.last {
      exchanges[$0].correlation == nil && mayAnswer(name, $0)
    }.map { .duplicate(exchange: $0) }
  }

  /// Adds a message to the answer of a request.
  private mutating func take(
    _ name: String,
    _ exchange: Int,
    at time: Int64
  ) -> ReceivedMessage.Role {
    switch exchanges[exchange].progress.take(name) {
    case .accepted:
      if exchanges[exchange].firstReplyAt == nil {
        exchanges[exchange].firstReplyAt = time
        goesOn(after: exchanges[exchange])
      }
      exchanges[exchange].lastReplyAt = time
      exchanges[exchange].replies.append(received.count)
      if exchanges[exchange].progress.isSatisfied { exchanges[exchange].state = .answered }
      return .reply(exchange: exchange)
    case .superfluous:
      return .duplicate(exchange: exchange)
    case .outOfOrder(let expected):
      if exchanges[exchange].state == .open { exchanges[exchange].state = .disordered }
      return .outOfOrder(exchange: exchange, expected: expected)
    case .foreign:
      return .unsolicited
    }
  }
}
