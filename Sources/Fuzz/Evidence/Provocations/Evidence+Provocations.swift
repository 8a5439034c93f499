import Contract
import JSON
import JSONSchema
import Session
import WebSocket

// MARK: - What the client says

extension Evidence {
  /// Whether a frame can only be understood together with those around it.
  static func isPartOfStream(_ frame: TranscriptFrame) -> Bool {
    switch frame.opcode {
    case .raw, .continuation, .reserved, .close: true
    case .text, .binary: !frame.isFinal
    case .ping, .pong: !frame.isFinal || frame.payload.count > 125
    }
  }

  /// Reads what a client wrote as a server has to.
  mutating func readStream(
    _ frame: TranscriptFrame,
    _ connection: Int,
    _ event: TranscriptEvent
  ) {
    var stream = connections[connection].stream ?? ClientStream()
    let elements = stream.read(frame.wireBytes)
    connections[connection].stream = stream.isMidway ? stream : nil
    let isSilent = elements.isEmpty && frame.opcode == .raw
    if isSilent { said("an unfinished frame", connection, event) }
    for element in elements {
      switch element {
      case .message(let message, let framing):
        said(TranscriptFrame(message), framing, connection, event)
      case .control(.ping, let payload):
        connections[connection].unansweredPing = (payload, connections[connection].frames)
      case .control:
        break
      case .violation(let violation):
        connections[connection].stream = nil
        let kind = Provocation.Kind.violation(violation)
        var provocation = Provocation(
          connection: connection,
          sent: sentMessage("\(kind)", connection, event),
          kind: kind,
          demand: violation.demand,
          byteCount: frame.payload.count
        )
        provocation.sent.provocation = provocations.count
        keep(provocation)
      }
    }
  }

  private mutating func said(_ words: String, _ connection: Int, _ event: TranscriptEvent) {
    connections[connection].lastSent = sentMessage(words, connection, event)
  }

  private func sentMessage(
    _ words: String,
    _ connection: Int,
    _ event: TranscriptEvent
  ) -> SentMessage {
    SentMessage(
      words: words,
      isValid: false,
      frame: connections[connection].frames,
      step: event.step,
      nanoseconds: event.nanoseconds
    )
  }

  /// Notes a message that a correct provider need not, or must not, act on.
  ///
  /// - Returns: Whether it is one.
  mutating func provoke(
    with message: ReadMessage,
    _ frame: TranscriptFrame,
    _ sent: SentMessage,
    _ connection: Int
  ) -> Bool {
    let kind: Provocation.Kind
    var demand = Provocation.Demand.rejection
    switch message.verdict {
    case .valid:
      guard let name = message.name, let oddity = message.document?.oddity else { return false }
      kind = .odd(message: name, oddity)
      demand = .anything
    case .invalid(let violations):
      guard let name = message.name, let first = violations.first else { return false }
      kind = Provocation.Kind(name, first)
      if isOpen(message, violations) { demand = .anything }
    case .notJSON where String(validating: frame.payload, as: UTF8.self) == nil:
      // Spec: RFC 6455 §8.1.
      kind = .violation(.invalidUTF8(byteOffset: 0))
      demand = .failure
    case .notJSON, .binary, .unknown, .wrongDirection:
      let text = TextKind(frame.payload, message, index.api)
      kind = .noMessage(text.words)
      if text.isOpen { demand = .anything }
    }
    var provocation = Provocation(
      connection: connection,
      sent: sent,
      kind: kind,
      demand: demand,
      operation: message.name.flatMap { index.requests[$0] },
      correlation: message.correlation,
      byteCount: frame.payload.count
    )
    provocation.sent.words = "\(kind)"
    provocation.sent.isValid = false
    provocation.sent.provocation = provocations.count
    keep(provocation)
    return true
  }

  private mutating func keep(_ provocation: Provocation) {
    connections[provocation.connection].provocations.append(provocations.count)
    connections[provocation.connection].lastSent = provocation.sent
    provocations.append(provocation)
  }

  /// Whether a reader may find nothing wrong with an invalid message.
  ///
  /// Spec: JSON Schema draft-07 Validation §7.2, §8.2 and 2020-12 Validation §7.2.1, §8.2: formats and
  /// contents need not be checked. RFC 8259 §6: numbers may be read as machine numbers.
  private func isOpen(_ message: ReadMessage, _ violations: [SchemaViolation]) -> Bool {
    let optional: Set<String> = ["format", "contentEncoding", "contentMediaType"]
    if violations.allSatisfy({ optional.contains($0.keyword) }) { return true }
    guard let document = message.document, let name = message.name,
      let definition = index.definitions[name]
    else { return false }
    if document.hasNamesTwice || document.hasOddNumbers { return true }
    return definition.payload.isValid(document.value.withMachineNumbers)
  }
}

// MARK: - What the provider does about it

extension Evidence {
  /// The provocation that a message refuses or answers, looked for before its usual meanings.
  mutating func reaction(
    of message: ReadMessage,
    _ connection: Int
  ) -> ReceivedMessage.Role? {
    guard let name = message.name else { return nil }
    for place in connections[connection].provocations {
      let provocation = provocations[place]
      let isRejection = index.rejectionWords.isRejection(message, of: reply(to: provocation))
      if let id = message.correlation {
        guard id == provocation.correlation, !isAwaited(id, connection) else { continue }
        guard isRejection || reply(to: provocation)?.messages.contains(name) ?? false else {
          continue
        }
      } else {
        guard isRejection, !provocation.isOver, provocation.rejections.isEmpty else { continue }
      }
      return note(isRejection, of: place)
    }
    return nil
  }

  /// The provocation that an error message without an id refuses, after what was asked next was
  /// answered; it might as well come unasked, but something is still owed.
  mutating func lateRefusal(
    _ message: ReadMessage,
    _ connection: Int
  ) -> ReceivedMessage.Role? {
    guard message.correlation == nil else { return nil }
    let place = connections[connection].provocations.last {
      !provocations[$0].hasReaction && owesRefusal(of: provocations[$0])
    }
    guard let place,
      index.rejectionWords.isRejection(message, of: reply(to: provocations[place]))
    else { return nil }
    return note(true, of: place)
  }

  /// The provocation that explains a message which would mean nothing otherwise.
  mutating func explanation(
    of message: ReadMessage,
    _ connection: Int,
    _ role: ReceivedMessage.Role
  ) -> ReceivedMessage.Role? {
    let place = connections[connection].provocations.last {
      !provocations[$0].isOver || !provocations[$0].hasReaction
    }
    guard let place, !isAbout(anotherThan: provocations[place], message, role) else { return nil }
    let reply = reply(to: provocations[place])
    let isRejection = index.rejectionWords.isRejection(message, of: reply)
    if !isRejection, case .invalid = provocations[place].kind {
      guard let name = message.name, reply?.messages.contains(name) ?? false else { return nil }
    }
    return note(isRejection, of: place)
  }

  /// Whether a message belongs to a request other than what was said wrongly.
  private func isAbout(
    anotherThan provocation: Provocation,
    _ message: ReadMessage,
    _ role: ReceivedMessage.Role
  ) -> Bool {
    // Without an id nobody can tell.
    guard let id = message.correlation, id != provocation.correlation else { return false }
    switch role {
    case .duplicate(let exchange), .outOfOrder(let exchange, _):
      return id == exchanges[exchange].correlation
    default: return false
    }
  }

  private mutating func note(_ isRejection: Bool, of place: Int) -> ReceivedMessage.Role {
    if isRejection {
      provocations[place].rejections.append(received.count)
    } else {
      provocations[place].acceptances.append(received.count)
    }
    return .reaction(provocation: place, isRejection: isRejection)
  }

  private func isAwaited(_ id: JSONValue, _ connection: Int) -> Bool {
    connections[connection].exchanges.contains {
      exchanges[$0].state == .open && exchanges[$0].correlation == id
    }
  }

  /// What the document promises as the answer to what the client meant to ask.
  func reply(to provocation: Provocation) -> ReplyDescription? {
    provocation.operation.flatMap { index.api.operations[$0].reply }
  }

  /// Notes that the provider went on: it answered something that was said after a provocation.
  mutating func goesOn(after exchange: Exchange) {
    for place in connections[exchange.connection].provocations
    where provocations[place].sent.frame < exchange.frame { provocations[place].isOver = true }
  }

  /// Notes the end of a connection.
  ///
  /// - Returns: What the client said that it ended because of, if that was a provocation.
  mutating func provokedEnd(
    of connection: Int,
    _ closure: TranscriptClosure,
    at time: Int64
  ) -> SentMessage? {
    guard closure.initiator != .local else { return nil }
    let open = connections[connection].provocations.filter { !provocations[$0].isOver }
    for place in open { provocations[place].closedAt = time }
    return open.first.map { provocations[$0].sent }
  }
}

// MARK: - What judges ask

extension Evidence {
  /// The provocation because of which a provider ended a connection.
  func provocation(ending connection: ConnectionRecord) -> Provocation? {
    guard connection.wasEndedByProvider else { return nil }
    return connection.culprit?.provocation.map { provocations[$0] }
  }

  /// The last provocation before a request, unless the provider has answered anything in between.
  func provocation(before exchange: Exchange) -> Provocation? {
    let last = provocations.last { $0.sent.nanoseconds <= exchange.sentAt }
    guard let last else { return nil }
    let isAnswered = exchanges.contains { other in
      other.sentAt > last.sent.nanoseconds && other.sentAt < exchange.sentAt
        && other.firstReplyAt != nil
    }
    return isAnswered ? nil : last
  }
}

extension ProtocolViolation {
  /// What a server does about it.
  ///
  /// No sentence obliges the reader of a length to insist on its shortest form (RFC 6455 §5.2), and
  /// codes from 5000 are in no range of §7.4.2.
  fileprivate var demand: Provocation.Demand {
    switch self {
    case .lengthNotMinimal: .anything
    case .closeCodeNotAllowed(let code): code.rawValue < 5_000 ? .failure : .anything
    default: .failure
    }
  }
}

extension TranscriptFrame {
  /// The bytes that a client puts on the wire for it.
  fileprivate var wireBytes: [UInt8] {
    let opcode: WebSocket.Opcode
    switch self.opcode {
    case .raw: return payload
    case .reserved:
      let frame = Frame(opcode: 0xF, payload: payload, isFinal: isFinal)
      return frame.serialized(maskedWith: MaskingKey(word: 0))
    case .continuation: opcode = .continuation
    case .text: opcode = .text
    case .binary: opcode = .binary
    case .close: opcode = .close
    case .ping: opcode = .ping
    case .pong: opcode = .pong
    }
    return Frame(opcode, payload: payload, isFinal: isFinal)
      .serialized(maskedWith: MaskingKey(word: 0))
  }
}
