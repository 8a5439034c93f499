package import Contract
import JSON
package import WebSocket

/// Plays scenarios against a provider.
package struct ScenarioPlayer: Sendable {
  /// How it connects, and what it does of itself.
  package var session: SessionOptions
  /// How long an `expect` step without a time of its own waits; 2 s.
  package var expectTimeout: Duration
  /// How long a step may wait until it is quiet, and for a pong; 30 s.
  package var longestWait: Duration

  /// Takes its options.
  package init(
    session: SessionOptions = SessionOptions(),
    expectTimeout: Duration = .seconds(2),
    longestWait: Duration = .seconds(30)
  ) {
    self.session = session
    self.expectTimeout = expectTimeout
    self.longestWait = longestWait
  }

  /// Sets up the states that the scenario needs, plays its steps, closes what is open, and tears
  /// the states down.
  ///
  /// - Parameters:
  ///   - scenario: What to play.
  ///   - provider: The provider's URL; connections with facts of their own derive theirs from it.
  ///   - states: Who sets up provider states; needed when the scenario has any.
  ///   - recorder: Where everything is written down.
  /// - Returns: How it ended; a message that did not come is an outcome, not an error.
  /// - Throws: ``SessionError`` when a connection could not be opened, a step names none, or a state
  ///   could not be set up.
  nonisolated(nonsending) package func play(
    _ scenario: Scenario,
    on provider: WebSocketURL,
    states: ProviderStateClient? = nil,
    recorder: TranscriptRecorder
  ) async throws(SessionError) -> PlayOutcome {
    guard scenario.given.isEmpty || states != nil else {
      throw .noStateEndpoint(states: scenario.given.map(\.name))
    }
    for state in scenario.given { try await states?.setUp(state, recorder: recorder) }
    let live = LiveSession(provider: provider, recorder: recorder, options: session)
    let result = await Self.outcome { () throws(SessionError) -> PlayOutcome in
      try await play(scenario, in: live)
    }
    await live.closeAll()
    for state in scenario.given.reversed() {
      try? await states?.tearDown(state, recorder: recorder)
    }
    return try result.get()
  }

  nonisolated(nonsending) private static func outcome(
    _ body: nonisolated(nonsending) () async throws(SessionError) -> PlayOutcome
  ) async -> Result<PlayOutcome, SessionError> {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }

  /// Plays the steps on a session; connections stay as the steps leave them.
  ///
  /// - Throws: As ``play(_:on:states:recorder:)``.
  nonisolated(nonsending) package func play(
    _ scenario: Scenario,
    in live: LiveSession
  ) async throws(SessionError) -> PlayOutcome {
    var memory = ScenarioMemory()
    for (index, step) in scenario.steps.enumerated() {
      let ending = try await play(step, number: index + 1, of: scenario, in: live, &memory)
      if let ending { return PlayOutcome(ending: ending, kept: memory.kept) }
    }
    return PlayOutcome(ending: .completed, kept: memory.kept)
  }
}

// MARK: - Steps

extension ScenarioPlayer {
  /// Plays a step.
  ///
  /// - Returns: `nil` when the scenario goes on.
  nonisolated(nonsending) private func play(
    _ step: ScenarioStep,
    number: Int,
    of scenario: Scenario,
    in live: LiveSession,
    _ memory: inout ScenarioMemory
  ) async throws(SessionError) -> PlayOutcome.Ending? {
    switch step {
    case .connect(let name):
      let facts = scenario.connections.first { $0.name == name }?.facts
      try await live.connect(name, facts: facts, step: number)
    case .send(let send):
      return try await play(send, number, in: live, memory)
    case .expect(let expect):
      return try await play(expect, number, in: live, &memory)
    case .waitUntilQuiet(let pause):
      try await waitUntilQuiet(pause, number, in: live, &memory)
    case .close(let name, let code, let reason):
      try await live.close(name, code: CloseCode(rawValue: code), reason: reason, step: number)
    case .drop(let name):
      try await live.drop(name, step: number)
    case .ping(let name):
      let deadline = MonotonicTime.now().advanced(by: longestWait)
      let time = try await live.ping(on: name, until: deadline, step: number)
      return time == nil ? missed("pong", number, name, in: live) : nil
    case .wait(let span):
      try await wait(span, number, in: live, &memory)
    case .expectClose(let expect):
      return try await play(expect, number, in: live, &memory)
    case .bytes(let step):
      try await live.write(step, step: number)
    case .frame(let step):
      try await live.write(step, step: number)
    case .stall(let name):
      try live.stall(name, step: number)
    case .resume(let name):
      try live.resume(name, step: number)
    case .halfClose(let name):
      try await live.endOutput(name, step: number)
    case .reset(let name):
      try await live.reset(name, step: number)
    }
    return nil
  }

  nonisolated(nonsending) private func play(
    _ send: SendStep,
    _ number: Int,
    in live: LiveSession,
    _ memory: ScenarioMemory
  ) async throws(SessionError) -> PlayOutcome.Ending? {
    let payload = try memory.payload(of: send)
    do throws(SessionError) {
      try await live.send(
        payload,
        on: send.connection,
        fragments: send.fragments,
        step: number
      )
      return nil
    } catch {
      guard case .connectionLost(let name, let closure) = error else { throw error }
      return .closed(step: number, connection: name, TranscriptClosure(closure))
    }
  }

  nonisolated(nonsending) private func play(
    _ expect: ExpectStep,
    _ number: Int,
    in live: LiveSession,
    _ memory: inout ScenarioMemory
  ) async throws(SessionError) -> PlayOutcome.Ending? {
    let name = expect.connection
    let deadline = MonotonicTime.now().advanced(by: expect.within ?? expectTimeout)
    while !memory.claim(expect) {
      guard let event = try await live.next(on: name, until: deadline, step: number) else {
        memory.missed(expect)
        return expect.isOptional ? nil : missed(expect.phrase, number, name, in: live)
      }
      switch event.kind {
      case .message(let message):
        memory.received(message, on: name)
      case .pong:
        break
      case .closed(let closure):
        memory.missed(expect)
        if expect.isOptional { return nil }
        return .closed(step: number, connection: name, TranscriptClosure(closure))
      }
    }
    return nil
  }

  nonisolated(nonsending) private func play(
    _ expect: ExpectCloseStep,
    _ number: Int,
    in live: LiveSession,
    _ memory: inout ScenarioMemory
  ) async throws(SessionError) -> PlayOutcome.Ending? {
    let name = expect.connection
    let deadline = MonotonicTime.now().advanced(by: expect.within ?? expectTimeout)
    while let event = try await live.next(on: name, until: deadline, step: number) {
      if let message = event.message { memory.received(message, on: name) }
      guard let closure = event.closure else { continue }
      let end = TranscriptClosure(closure)
      if expect.codes.isEmpty || expect.codes.contains(end.code ?? 1006) { return nil }
      live.recorder.record(.missed(expect.phrase), connection: name, step: number)
      return .closedOtherwise(step: number, expected: expect.phrase, end)
    }
    return missed(expect.phrase, number, name, in: live)
  }

  private func missed(
    _ expected: String,
    _ number: Int,
    _ connection: String,
    in live: LiveSession
  ) -> PlayOutcome.Ending {
    live.recorder.record(.missed(expected), connection: connection, step: number)
    return .missed(step: number, expected: expected)
  }

  nonisolated(nonsending) private func waitUntilQuiet(
    _ pause: Duration,
    _ number: Int,
    in live: LiveSession,
    _ memory: inout ScenarioMemory
  ) async throws(SessionError) {
    let end = MonotonicTime.now().advanced(by: longestWait)
    while true {
      let now = MonotonicTime.now()
      let deadline = min(now.advanced(by: pause), end)
      guard deadline > now, let next = try await live.next(until: deadline, step: number) else {
        break
      }
      if let message = next.event.message { memory.received(message, on: next.connection) }
    }
  }
}

// MARK: - Time

extension ScenarioPlayer {
  /// Listens for so long; without an open connection it only lets the time pass.
  nonisolated(nonsending) private func wait(
    _ span: Duration,
    _ number: Int,
    in live: LiveSession,
    _ memory: inout ScenarioMemory
  ) async throws(SessionError) {
    let end = MonotonicTime.now().advanced(by: span)
    while let next = try await live.next(until: end, step: number) {
      if let message = next.event.message { memory.received(message, on: next.connection) }
    }
    let rest = MonotonicTime.now().duration(to: end)
    guard rest > .zero else { return }
    do {
      try await Task.sleep(for: rest)
    } catch {
      throw .cancelled
    }
  }
}

extension ExpectCloseStep {
  /// What is waited for, in words.
  fileprivate var phrase: String {
    guard !codes.isEmpty else { return "end of the connection" }
    return "close with " + codes.map { "\($0)" }.joined(separator: " or ")
  }
}

extension ExpectStep {
  /// What is waited for, in words.
  fileprivate var phrase: String {
    if let message { return message }
    guard !values.isEmpty else { return "message" }
    let parts = values.map { "\($0.pointer) \($0.value.text())" }
    return "message with " + parts.joined(separator: " and ")
  }
}
