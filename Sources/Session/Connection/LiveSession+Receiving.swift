import Contract
package import WebSocket

extension LiveSession {
  /// The next thing that the provider does on a connection.
  ///
  /// Pings are answered and written down, and not given out. The end of the connection is given as
  /// often as it is asked for.
  ///
  /// - Returns: `nil` when the deadline passes first.
  /// - Throws: ``SessionError/unknownConnection(name:open:)`` or ``SessionError/cancelled``.
  nonisolated(nonsending) package func next(
    on name: String,
    until deadline: MonotonicTime,
    step: Int? = nil
  ) async throws(SessionError) -> SessionEvent? {
    let found = try connection(name)
    if let closure = found.closure { return ended(closure, found) }
    while let event = try await found.nextEvent(until: deadline) {
      if let event = await answered(take(event, from: found, step: step), found, step: step) {
        return event
      }
    }
    recordStalls()
    return nil
  }

  /// The next thing that the provider does on any open connection.
  ///
  /// - Returns: `nil` when the deadline passes first, or when no connection is open.
  /// - Throws: ``SessionError/cancelled``.
  nonisolated(nonsending) package func next(
    until deadline: MonotonicTime,
    step: Int? = nil
  ) async throws(SessionError) -> (connection: String, event: SessionEvent)? {
    while true {
      let open = connections.filter { $0.closure == nil }
      guard !open.isEmpty else { return nil }
      guard let (found, event) = try await first(of: open, until: deadline) else {
        recordStalls()
        return nil
      }
      if let event = await answered(take(event, from: found, step: step), found, step: step) {
        return (found.name, event)
      }
    }
  }

  /// The first event on several connections; what else comes at that moment is kept.
  nonisolated(nonsending) private func first(
    of open: [NamedConnection],
    until deadline: MonotonicTime
  ) async throws(SessionError) -> (NamedConnection, ConnectionEvent)? {
    if let only = open.first, open.count == 1 {
      return try await only.nextEvent(until: deadline).map { (only, $0) }
    }
    for found in open {
      // A deadline that has passed takes only what is there already.
      let past = MonotonicTime(nanoseconds: 0)
      if let event = try await found.nextEvent(until: past) { return (found, event) }
    }
    guard deadline > .now() else { return nil }
    let sources = open.map(\.connection)
    let arrived = await withTaskGroup(of: (Int, ConnectionEvent?).self) { group in
      for (index, source) in sources.enumerated() {
        group.addTask { (index, try? await source.nextEvent(until: deadline)) }
      }
      var arrived: [(Int, ConnectionEvent)] = []
      for await (index, event) in group {
        if let event { arrived.append((index, event)) }
        group.cancelAll()
      }
      return arrived
    }
    if Task.isCancelled { throw .cancelled }
    let ordered = arrived.sorted { ($0.1.time, $0.0) < ($1.1.time, $1.0) }
    for (index, event) in ordered.dropFirst() { open[index].waiting.append(event) }
    return ordered.first.map { (open[$0.0], $0.1) }
  }
}

extension LiveSession {
  /// Writes an event down.
  ///
  /// - Returns: `nil` for what is nobody's business, such as a ping.
  func take(_ event: ConnectionEvent, from found: NamedConnection, step: Int?) -> SessionEvent? {
    switch event {
    case .message(let message, let time):
      let number = received(TranscriptFrame(message), found, step, time)
      return SessionEvent(
        kind: .message(message),
        at: time,
        frameNumber: found.frames,
        eventNumber: number
      )
    case .ping(let payload, let time):
      _ = received(TranscriptFrame(.ping, payload: payload), found, step, time)
      record(TranscriptFrame(.pong, payload: payload), from: found, step: step, at: time)
      return nil
    case .pong(let payload, let time):
      let number = received(TranscriptFrame(.pong, payload: payload), found, step, time)
      return SessionEvent(
        kind: .pong(payload),
        at: time,
        frameNumber: found.frames,
        eventNumber: number
      )
    case .closed(let closure):
      found.closure = closure
      let number = recorder.record(
        .closed(TranscriptClosure(closure)),
        connection: found.name,
        step: step,
        at: closure.at
      ).number
      return SessionEvent(
        kind: .closed(closure),
        at: closure.at,
        frameNumber: found.frames,
        eventNumber: number
      )
    }
  }

  private func received(
    _ frame: TranscriptFrame,
    _ found: NamedConnection,
    _ step: Int?,
    _ time: MonotonicTime
  ) -> Int {
    found.frames += 1
    return recorder.record(.received(frame), connection: found.name, step: step, at: time).number
  }

  private func ended(_ closure: Closure, _ found: NamedConnection) -> SessionEvent {
    SessionEvent(
      kind: .closed(closure),
      at: closure.at,
      frameNumber: found.frames,
      eventNumber: recorder.count
    )
  }

  /// Says what the provider's message asks for, if anything.
  nonisolated(nonsending) private func answered(
    _ event: SessionEvent?,
    _ found: NamedConnection,
    step: Int?
  ) async -> SessionEvent? {
    if let message = event?.message, let reply = options.automaticReply?(message) {
      // A connection that is over says so by its own event.
      _ = try? await send(reply, on: found.name, step: step)
    }
    return event
  }
}

extension ConnectionEvent {
  fileprivate var time: MonotonicTime {
    switch self {
    case .message(_, let time), .ping(_, let time), .pong(_, let time): time
    case .closed(let closure): closure.at
    }
  }
}
