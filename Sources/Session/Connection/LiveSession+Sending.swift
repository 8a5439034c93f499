package import Contract
import JSON
package import WebSocket

extension LiveSession {
  /// Sends what a scenario's step says.
  ///
  /// - Parameters:
  ///   - payload: What to send.
  ///   - name: The connection.
  ///   - fragments: The places, in bytes, at which a new frame of the message begins; ascending.
  ///   - step: The step of the scenario, from 1.
  /// - Returns: When its last byte was handed to the system.
  /// - Throws: ``SessionError/connectionLost(name:_:)``, ``SessionError/unknownConnection(name:open:)``
  ///   or ``SessionError/cancelled``.
  @discardableResult
  nonisolated(nonsending) package func send(
    _ payload: ScenarioPayload,
    on name: String,
    fragments: [Int] = [],
    step: Int? = nil
  ) async throws(SessionError) -> MonotonicTime {
    let places = fragments
    switch payload {
    case .json(let value):
      let message = Message(kind: .text, payload: value.bytes())
      return try await send(message, on: name, fragments: places, step: step)
    case .text(let text):
      return try await send(Message.text(text), on: name, fragments: places, step: step)
    case .binary(let bytes):
      return try await send(Message.binary(bytes), on: name, fragments: places, step: step)
    case .raw(let bytes):
      let found = try openConnection(name)
      let time = try await transmitting(on: found) { connection throws(TransportError) in
        try await connection.sendRaw(bytes)
      }
      record(TranscriptFrame(.raw, payload: bytes), from: found, step: step, at: time)
      return time
    }
  }

  /// Sends a message; in the transcript it is one, however many frames carry it.
  ///
  /// - Parameters:
  ///   - message: What to send.
  ///   - name: The connection.
  ///   - fragments: The places, in bytes, at which a new frame begins; ascending.
  ///   - step: The step of the scenario, from 1.
  /// - Returns: When its last byte was handed to the system.
  /// - Throws: As ``send(_:on:fragments:step:)-(ScenarioPayload,_,_,_)``.
  @discardableResult
  nonisolated(nonsending) package func send(
    _ message: Message,
    on name: String,
    fragments: [Int] = [],
    step: Int? = nil
  ) async throws(SessionError) -> MonotonicTime {
    let found = try openConnection(name)
    let time = try await transmitting(on: found) { connection throws(TransportError) in
      guard !fragments.isEmpty else { return try await connection.send(message) }
      var last = MonotonicTime(nanoseconds: 0)
      for frame in message.frames(dividedAt: fragments) {
        last = try await connection.sendFrame(frame)
      }
      return last
    }
    record(TranscriptFrame(message), from: found, step: step, at: time)
    return time
  }

  /// Sends messages one behind the other without waiting for anything between them.
  ///
  /// - Parameters:
  ///   - messages: What to send, each with the step of the scenario that says it, from 1.
  ///   - name: The connection.
  /// - Returns: When the last byte was handed to the system; in the transcript that is the time of all.
  /// - Throws: As ``send(_:on:fragments:step:)-(ScenarioPayload,_,_,_)``.
  @discardableResult
  nonisolated(nonsending) package func send(
    _ messages: [(message: Message, step: Int)],
    on name: String
  ) async throws(SessionError) -> MonotonicTime {
    let found = try openConnection(name)
    guard options.pace == nil else {
      var last = MonotonicTime.now()
      for (message, step) in messages { last = try await send(message, on: name, step: step) }
      return last
    }
    let time = try await transmitting(on: found) { connection throws(TransportError) in
      try await connection.send(messages.map(\.message))
    }
    for (message, step) in messages {
      record(TranscriptFrame(message), from: found, step: step, at: time)
    }
    return time
  }

  /// Sends a ping frame and waits for its pong; messages that come meanwhile are kept for
  /// ``next(on:until:)``.
  ///
  /// - Returns: The time between the two, or `nil` when no pong came in time or the connection ended.
  /// - Throws: As ``send(_:on:fragments:step:)-(ScenarioPayload,_,_,_)``.
  nonisolated(nonsending) package func ping(
    on name: String,
    payload: [UInt8] = [UInt8]("wspact".utf8),
    until deadline: MonotonicTime,
    step: Int? = nil
  ) async throws(SessionError) -> Duration? {
    let found = try openConnection(name)
    let sent = try await transmitting(on: found) { connection throws(TransportError) in
      try await connection.ping(payload)
    }
    record(TranscriptFrame(.ping, payload: payload), from: found, step: step, at: sent)
    var others: [ConnectionEvent] = []
    defer { found.waiting = others + found.waiting }
    while let event = try await found.nextEvent(until: deadline) {
      if case .pong(payload, let time) = event {
        _ = take(event, from: found, step: step)
        return max(.zero, sent.duration(to: time))
      }
      others.append(event)
      if case .closed = event { return nil }
    }
    return nil
  }

  func openConnection(_ name: String) throws(SessionError) -> NamedConnection {
    let found = try connection(name)
    if let closure = found.closure { throw .connectionLost(name: name, closure) }
    return found
  }

  nonisolated(nonsending) func transmitting(
    on found: NamedConnection,
    _ body: nonisolated(nonsending) (ClientConnection) async throws(TransportError) -> MonotonicTime
  ) async throws(SessionError) -> MonotonicTime {
    if let pace = options.pace { try await pace.wait() }
    do {
      return try await body(found.connection)
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      case .closed(let closure): throw .connectionLost(name: found.name, closure)
      default: throw .noConnection(name: found.name, error)
      }
    }
  }

  func record(
    _ frame: TranscriptFrame,
    from found: NamedConnection,
    step: Int?,
    at time: MonotonicTime
  ) {
    found.frames += 1
    recorder.record(.sent(frame), connection: found.name, step: step, at: time)
  }
}
