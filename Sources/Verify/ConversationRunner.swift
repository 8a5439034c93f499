import Contract
import JSON
import Pact
import Session
import WebSocket

/// Plays one conversation on one connection and judges each of its interactions.
struct ConversationRunner {
  private let conversation: Conversation
  private let configuration: VerifyConfiguration
  private let session: LiveSession
  /// Messages that belonged to no reply so far; pushes are found among them.
  private var unclaimed: [IncomingMessage] = []

  /// What became of one interaction.
  struct Outcome {
    var interaction: Interaction
    var findings: [Finding] = []
    var duration: Duration = .zero
    /// Whether the connection ended without a close frame from the provider.
    var lostConnection = false
  }

  init(_ conversation: Conversation, _ configuration: VerifyConfiguration, provider: WebSocketURL) {
    self.conversation = conversation
    self.configuration = configuration
    session = LiveSession(
      provider: provider,
      recorder: TranscriptRecorder(),
      options: configuration.session
    )
  }

  /// Plays all interactions; the connection is closed at the end in any case.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be reached or a state cannot be set up.
  nonisolated(nonsending) mutating func run() async throws(SessionError) -> [Outcome] {
    var outcomes: [Outcome] = []
    do {
      for interaction in conversation.interactions {
        try await setUpStates(of: interaction)
        if outcomes.isEmpty { try await session.connect(name, facts: conversation.connectionFacts) }
        let begin = MonotonicTime.now()
        var outcome = Outcome(interaction: interaction)
        outcome.findings = try await play(interaction)
        outcome.duration = begin.duration(to: .now())
        outcome.lostConnection = session.closure(of: name).map { $0.code == nil } ?? false
        outcomes.append(outcome)
      }
    } catch {
      await end()
      throw error
    }
    await end()
    return outcomes
  }

  private var name: String { conversation.name }

  // MARK: Provider states

  nonisolated(nonsending) private func setUpStates(
    of interaction: Interaction
  ) async throws(SessionError) {
    guard !interaction.providerStates.isEmpty else { return }
    guard let states = configuration.states else {
      throw .noStateEndpoint(states: interaction.providerStates.map(\.name))
    }
    for state in interaction.providerStates {
      try await states.setUp(state, recorder: session.recorder)
    }
  }

  /// Closes the connection and tears down the states, the last one first; what cannot be torn down
  /// does not change the verdict.
  nonisolated(nonsending) private func end() async {
    await session.closeAll()
    for state in conversation.interactions.flatMap(\.providerStates).reversed() {
      try? await configuration.states?.tearDown(state, recorder: session.recorder)
    }
  }

  // MARK: Interactions

  nonisolated(nonsending) private mutating func play(
    _ interaction: Interaction
  ) async throws(SessionError) -> [Finding] {
    if let closure = session.closure(of: name) {
      return [gone(closure, before: interaction)]
    }
    var findings: [Finding]
    switch interaction.content {
    case .exchange(let request, _):
      findings = try await playExchange(interaction, request)
    case .push:
      findings = try await awaitPush(interaction)
    }
    if let code = interaction.facts.closeCode {
      findings += try await awaitClose(CloseCode(rawValue: code))
    }
    return findings
  }

  nonisolated(nonsending) private mutating func playExchange(
    _ interaction: Interaction,
    _ request: InteractionMessage
  ) async throws(SessionError) -> [Finding] {
    let sent: MonotonicTime
    do {
      sent = try await session.send(request.payload, on: name)
    } catch .connectionLost(_, let closure) {
      return [gone(closure, before: interaction)]
    }
    var judge = ReplyJudge(interaction, connection: name)
    var firstReply: MonotonicTime?
    while judge.progress == .waiting || judge.progress == .satisfied {
      let patience =
        judge.progress == .waiting ? configuration.replyTimeout : configuration.settleTime
      let deadline = MonotonicTime.now().advanced(by: patience)
      guard let event = try await session.next(on: name, until: deadline) else {
        if judge.progress == .satisfied { break }
        judge.ended(because: "nothing more came within \(DurationText.text(of: patience))")
        break
      }
      if let closure = event.closure {
        judge.ended(because: "the connection ended, \(closure)")
        break
      }
      guard let incoming = event.incoming else { continue }
      switch judge.received(incoming) {
      case .claimed: firstReply = firstReply ?? event.at
      case .passedOver: unclaimed.append(incoming)
      }
    }
    return judge.findings + lateness(interaction, from: sent, to: firstReply)
  }

  /// Waits for a push, or finds it among what came while replies were awaited.
  nonisolated(nonsending) private mutating func awaitPush(
    _ interaction: Interaction
  ) async throws(SessionError) -> [Finding] {
    var judge = ReplyJudge(interaction, connection: name)
    let waiting = unclaimed
    unclaimed = []
    for incoming in waiting {
      let isOpen = judge.progress == .waiting || judge.progress == .satisfied
      if !isOpen || judge.received(incoming) == .passedOver { unclaimed.append(incoming) }
    }
    let deadline = MonotonicTime.now().advanced(by: configuration.replyTimeout)
    while judge.progress == .waiting {
      guard let event = try await session.next(on: name, until: deadline) else {
        let limit = DurationText.text(of: configuration.replyTimeout)
        judge.ended(because: "nothing more came within \(limit)")
        break
      }
      if let closure = event.closure {
        judge.ended(because: "the connection ended, \(closure)")
      } else if let incoming = event.incoming, judge.received(incoming) == .passedOver {
        unclaimed.append(incoming)
      }
    }
    return judge.findings
  }

  nonisolated(nonsending) private mutating func awaitClose(
    _ code: CloseCode
  ) async throws(SessionError) -> [Finding] {
    let deadline = MonotonicTime.now().advanced(by: configuration.replyTimeout)
    while let event = try await session.next(on: name, until: deadline) {
      guard let closure = event.closure else { continue }
      return closure.code == code
        ? []
        : [closeFinding("the connection was closed otherwise than agreed", code, "\(closure)")]
    }
    return [closeFinding("the provider did not close the connection", code, "it is still open")]
  }

  // MARK: Findings

  private func gone(_ closure: Closure, before interaction: Interaction) -> Finding {
    Finding(
      rule: "connection-closed",
      message: "the connection had ended before it came to this: \(closure)",
      traffic: TrafficLocation(connection: name)
    )
  }

  private func closeFinding(_ message: String, _ code: CloseCode, _ actual: String) -> Finding {
    Finding(
      rule: "close-code",
      message: message,
      traffic: TrafficLocation(connection: name),
      expected: "\(code)",
      actual: actual
    )
  }

  private func lateness(
    _ interaction: Interaction,
    from sent: MonotonicTime,
    to received: MonotonicTime?
  ) -> [Finding] {
    guard let budget = interaction.facts.budgetMilliseconds, let received else { return [] }
    let time = sent.duration(to: received)
    guard time > .milliseconds(budget) else { return [] }
    return [
      Finding(
        rule: LateReply.rule,
        message: "the first reply was late",
        traffic: TrafficLocation(connection: name),
        expected: "within \(budget) ms",
        actual: "\(DurationText.text(of: time))"
      )
    ]
  }
}

/// The rule of a missed time budget, which is tried again before it counts.
enum LateReply {
  static let rule = "late-reply"
}

extension SessionEvent {
  /// The message, ready to be judged.
  fileprivate var incoming: IncomingMessage? {
    message.map { message in
      IncomingMessage(
        message: ReceivedMessage(bytes: message.payload, isText: message.kind == .text),
        frame: frameNumber
      )
    }
  }
}

extension InteractionMessage {
  /// The example as it is sent.
  fileprivate var payload: ScenarioPayload {
    switch contents {
    case .missing: .text("")
    case .json(let value, _): .json(value)
    case .text(let text, _): .text(text)
    case .binary(let bytes, _): .binary(bytes)
    }
  }
}
