package import WebSocket

/// Finds out what a person wants to know first about an endpoint: whether it answers, what it agrees
/// to, how fast pings come back, and how it closes.
package struct EndpointProbe: Sendable {
  /// What was found.
  package struct Findings: Sendable {
    /// The answer to the opening handshake.
    package var handshake: HandshakeResponse
    /// What is known about TLS; nil for `ws`.
    package var tls: TLSFacts?
    /// How long the connection and its handshakes took together.
    package var opening: Duration
    /// From the last byte of each ping to its pong; nil: none came in time.
    package var roundTrips: [Duration?]
    /// How many messages came meanwhile.
    package var messages: Int
    /// When the server's own pings came, counted from the opening.
    package var serverPings: [Duration]
    /// How long the connection was open.
    package var lifetime: Duration
    /// How long the closing took.
    package var closing: Duration
    /// How the connection ended.
    package var closure: Closure

    /// The round trips that were completed, in ascending order.
    package var sortedTimes: [Duration] { roundTrips.compactMap { $0 }.sorted() }

    /// The time within which so many of a hundred pings were answered; nil when none was.
    ///
    /// The nearest rank: always a time that was measured.
    package func percentile(_ percent: Int) -> Duration? {
      let times = sortedTimes
      guard !times.isEmpty else { return nil }
      return times[max(0, (times.count * percent + 99) / 100 - 1)]
    }

    /// Whether every ping was answered and the closing was clean.
    package var isClean: Bool { closure.isClean && !roundTrips.contains(nil) }
  }

  /// How to connect.
  package var request: ConnectRequest
  /// How many pings to send; 10.
  package var count = 10
  /// How much time to leave between one ping and the next; 100 ms.
  package var interval: Duration = .milliseconds(100)
  /// How long a pong may take; 2 s.
  package var timeout: Duration = .seconds(2)
  /// How long to listen afterwards, as for the server's own pings; not at all.
  package var listening: Duration = .zero

  /// Makes a probe with every default.
  package init(_ request: ConnectRequest) {
    self.request = request
  }

  /// Connects, pings, closes.
  ///
  /// A connection that ends early ends the pings.
  ///
  /// - Returns: What was found.
  /// - Throws: ``TransportError`` when there is no connection.
  nonisolated(nonsending) package func run() async throws(TransportError) -> Findings {
    let began = MonotonicTime.now()
    let connection = try await ClientConnection.connect(request)
    let opened = MonotonicTime.now()
    var round = Round(connection: connection)
    for number in 0..<count where round.closure == nil {
      let sent = MonotonicTime.now()
      try await round.ping(UInt64(number), within: timeout)
      if number + 1 < count { try await round.listen(until: sent.advanced(by: interval)) }
    }
    if listening > .zero {
      try await round.listen(until: MonotonicTime.now().advanced(by: listening))
    }
    // What could not be sent any more was not answered either.
    let unsent = [Duration?](repeating: nil, count: max(0, count - round.roundTrips.count))
    let closed = MonotonicTime.now()
    let closure = await connection.close()
    return Findings(
      handshake: connection.handshake,
      tls: connection.tls,
      opening: began.duration(to: opened),
      roundTrips: round.roundTrips + unsent,
      messages: round.messages,
      serverPings: round.serverPings.map { opened.duration(to: $0) },
      lifetime: opened.duration(to: closure.at),
      // A connection that had ended before has not taken any time to close.
      closing: max(.zero, closed.duration(to: closure.at)),
      closure: closure
    )
  }
}

/// The pings on one connection.
private struct Round {
  let connection: ClientConnection
  var roundTrips: [Duration?] = []
  var messages = 0
  var serverPings: [MonotonicTime] = []
  var closure: Closure?

  /// Sends a ping and waits for its pong.
  nonisolated(nonsending) mutating func ping(
    _ number: UInt64,
    within limit: Duration
  ) async throws(TransportError) {
    let payload = withUnsafeBytes(of: number.bigEndian) { Array($0) }
    let sent: MonotonicTime
    do {
      sent = try await connection.ping(payload)
    } catch {
      // The connection has ended meanwhile; its last event tells how.
      try await listen(until: nil)
      return
    }
    let answered = try await listen(until: sent.advanced(by: limit), for: payload)
    if closure == nil || answered != nil {
      roundTrips.append(answered.map { sent.duration(to: $0) })
    }
  }

  /// Takes what comes until a time, or until a pong.
  ///
  /// - Returns: When the pong came; nil when it did not.
  @discardableResult
  nonisolated(nonsending) mutating func listen(
    until deadline: MonotonicTime?,
    for pong: [UInt8]? = nil
  ) async throws(TransportError) -> MonotonicTime? {
    while closure == nil {
      let event: ConnectionEvent?
      do {
        event = try await connection.nextEvent(until: deadline)
      } catch {
        throw .cancelled
      }
      switch event {
      case nil: return nil
      case .message?: messages += 1
      case .pong(pong, let time)?: return time
      case .ping(_, let time)?: serverPings.append(time)
      case .pong?: break
      case .closed(let closure)?: self.closure = closure
      }
    }
    return nil
  }
}
