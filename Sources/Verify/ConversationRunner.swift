import Contract
import JSON
import Pact
import Session
import WebSocket

/// Plays one conversation on its connections and judges each of its interactions.
struct ConversationRunner {
  private let conversation: Conversation
  private let configuration: VerifyConfiguration
  private let session: LiveSession
  /// Messages that belonged to no reply so far, by connection; pushes are found among them.
  private var unclaimed: [String: [IncomingMessage]] = [:]
  private var reuse = Reuse()
  private var preparation: Preparation
  /// When each interaction began, by description.
  private var begins: [String: MonotonicTime] = [:]
  private var latestBegin: MonotonicTime?
  /// When each connection began to be opened, by name.
  private var openings: [String: MonotonicTime] = [:]
  private let heartbeat: Heartbeat
  /// The provider states that are set up, in order.
  private var states: [ProviderState] = []
  private let standing: [ProviderState]
  private let keepsHeard: Bool
  private let pushes: ExpectedPushes
  /// What came for each message of the interaction that was played last.
  private var heard: [Int: ReceivedMessage] = [:]

  /// What became of one interaction.
  struct Outcome {
    var interaction: Interaction
    var findings: [Finding] = []
    var duration: Duration = .zero
    /// Whether the connection ended without a close frame from the provider.
    var lostConnection = false
    /// What came for each provider message, recorded texts in the place of those of this run, the
    /// nearest where nothing fits; kept only when somebody else judges.
    var heard: [Int: ReceivedMessage] = [:]
  }

  /// Prepares a conversation.
  ///
  /// - Parameters:
  ///   - conversation: What is played.
  ///   - configuration: How.
  ///   - provider: Where.
  ///   - standing: Provider states that somebody else has set up and will tear down.
  ///   - isForOthers: Whether somebody else judges what is heard: requests are said as recorded, but for
  ///     values of provider states.
  init(
    _ conversation: Conversation,
    _ configuration: VerifyConfiguration,
    provider: WebSocketURL,
    standing: [ProviderState] = [],
    isForOthers: Bool = false
  ) {
    self.conversation = conversation
    self.configuration = configuration
    self.standing = standing
    keepsHeard = isForOthers
    pushes = ExpectedPushes(conversation.interactions)
    preparation = Preparation(
      GenerationContext(
        seed: configuration.seed,
        now: configuration.now ?? .present,
        stateValues: configuration.values
      ),
      keepsExamples: isForOthers
    )
    var options = configuration.session
    let heartbeat = Heartbeat(conversation.interactions)
    self.heartbeat = heartbeat
    if options.automaticReply == nil {
      options.automaticReply = { heartbeat.answer(to: $0) }
    }
    session = LiveSession(provider: provider, recorder: TranscriptRecorder(), options: options)
  }

  /// Plays all interactions; the connections are closed at the end in any case.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be reached or a state cannot be set up.
  nonisolated(nonsending) mutating func run() async throws(SessionError) -> [Outcome] {
    var outcomes: [Outcome] = []
    do {
      for recorded in conversation.interactions {
        try await setUpStates(of: recorded)
        if outcomes.isEmpty { try await connect() }
        let begin = MonotonicTime.now()
        var outcome = Outcome(interaction: recorded)
        do throws(GenerationProblem) {
          let prepared = try preparation.applied(to: recorded)
          reuse.note(preparation.texts)
          outcome.interaction = reuse.applied(to: prepared)
        } catch {
          outcome.findings = [Self.unprepared(error)]
          outcomes.append(outcome)
          continue
        }
        let interaction = outcome.interaction
        begins[interaction.description] = begin
        heard = [:]
        outcome.findings = try await play(interaction)
        if keepsHeard { outcome.heard = heard.mapValues { $0.replacing(reuse.recorded) } }
        latestBegin = begin
        outcome.duration = begin.duration(to: .now())
        let closure = session.closure(of: interaction.connectionName)
        outcome.lostConnection = closure.map { $0.code == nil } ?? false
        outcomes.append(outcome)
      }
      try await listenOutside(outcomes.map(\.interaction))
      try await takeWhatIsThere()
    } catch {
      await end()
      throw error
    }
    await end()
    return withExtraReplies(withOutsiders(outcomes))
  }

  /// Opens all connections.
  nonisolated(nonsending) private mutating func connect() async throws(SessionError) {
    for connection in conversation.connections {
      openings[connection.name] = .now()
      try await session.connect(connection.name, facts: connection.facts)
    }
  }

  /// Takes what has come already, without waiting for more.
  nonisolated(nonsending) private mutating func takeWhatIsThere() async throws(SessionError) {
    for name in session.openNames {
      while let event = try await session.next(on: name, until: .now()), event.closure == nil {
        if let incoming = event.incoming { unclaimed[name, default: []].append(incoming) }
      }
    }
  }

  private func withExtraReplies(_ outcomes: [Outcome]) -> [Outcome] {
    let left = unclaimed.keys.sorted().flatMap { name in
      (unclaimed[name] ?? []).map { ExtraReplies.Unclaimed(connection: name, incoming: $0) }
    }
    let findings = ExtraReplies.findings(outcomes.map(\.interaction), left, pushes)
    guard !findings.isEmpty else { return outcomes }
    return outcomes.enumerated().map { index, outcome in
      var outcome = outcome
      // What broke a silence was told already.
      let told = outcome.findings.filter { $0.rule == Silence.rule }.map(\.traffic)
      outcome.findings += (findings[index] ?? []).filter { !told.contains($0.traffic) }
      return outcome
    }
  }

  // MARK: Provider states

  /// Sets up what an interaction needs and no earlier one of the conversation has set up.
  nonisolated(nonsending) private mutating func setUpStates(
    of interaction: Interaction
  ) async throws(SessionError) {
    for state in interaction.providerStates where !(states + standing).contains(state) {
      guard let endpoint = configuration.states else {
        throw .noStateEndpoint(states: interaction.providerStates.map(\.name))
      }
      let values = try await endpoint.setUp(state, recorder: session.recorder)
      for member in values.members { preparation.context.stateValues[member.name] = member.value }
      states.append(state)
    }
  }

  /// Closes the connection and tears down the states, the last one first; what cannot be torn down
  /// does not change the verdict.
  nonisolated(nonsending) private func end() async {
    await session.closeAll()
    for state in states.reversed() {
      try? await configuration.states?.tearDown(state, recorder: session.recorder)
    }
  }

  // MARK: Interactions

  nonisolated(nonsending) private mutating func play(
    _ interaction: Interaction
  ) async throws(SessionError) -> [Finding] {
    let name = interaction.connectionName
    if let closure = session.closure(of: name) {
      return [gone(closure, before: interaction)]
    }
    var findings: [Finding]
    switch interaction.content {
    case .exchange(let request, _):
      findings = try await playExchange(interaction, request)
    case .push where interaction.isSilence:
      findings = []
    case .push(let message):
      // A push without contents stands for the close code alone.
      findings =
        message.contents == .missing
        ? [] : try await awaitPush(interaction) + awaitAudience(of: interaction)
    }
    if let silence = interaction.facts.silenceMilliseconds {
      findings += try await awaitSilence(interaction, .milliseconds(silence))
    }
    if let code = interaction.facts.closeCode {
      findings += try await awaitClose(CloseCode(rawValue: code), on: name)
    }
    return findings
  }

  nonisolated(nonsending) private mutating func playExchange(
    _ interaction: Interaction,
    _ request: InteractionMessage
  ) async throws(SessionError) -> [Finding] {
    let name = interaction.connectionName
    let sent: MonotonicTime
    do {
      sent = try await session.send(request.payload(framed: interaction.facts.frames), on: name)
    } catch .connectionLost(_, let closure) {
      return [gone(closure, before: interaction)]
    }
    var judge = ReplyJudge(
      interaction,
      connection: name,
      pushes: pushes.on(name),
      continuations: pushes.caused(by: interaction)
    )
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
      case .passedOver: unclaimed[name, default: []].append(incoming)
      }
    }
    reuse.note(judge.firstReplies, of: interaction)
    if keepsHeard { heard = judge.heard }
    return judge.findings + lateness(interaction, from: sent, to: firstReply)
  }

  /// Waits for a push, or finds it among what came while replies were awaited.
  nonisolated(nonsending) private mutating func awaitPush(
    _ interaction: Interaction
  ) async throws(SessionError) -> [Finding] {
    let judge = try await hear(interaction, on: interaction.connectionName)
    reuse.note(judge.firstReplies, of: interaction)
    if keepsHeard { heard = judge.heard }
    return judge.findings
  }

  /// Waits for a push on the other connections that must hear it.
  nonisolated(nonsending) private mutating func awaitAudience(
    of interaction: Interaction
  ) async throws(SessionError) -> [Finding] {
    var findings: [Finding] = []
    let begin = beginOfSilence(interaction)
    for name in Audience(of: interaction, in: conversation).members
    where session.closure(of: name) == nil {
      findings += try await hear(interaction, on: name, since: begin).findings
    }
    return findings
  }

  /// Waits for a push on one connection; what came before a time does not count.
  nonisolated(nonsending) private mutating func hear(
    _ interaction: Interaction,
    on name: String,
    since begin: MonotonicTime? = nil
  ) async throws(SessionError) -> ReplyJudge {
    var judge = ReplyJudge(interaction, connection: name)
    var passedOver: [IncomingMessage] = []
    for incoming in unclaimed[name] ?? [] {
      let isEarly = if let begin, let at = incoming.at { at < begin } else { false }
      let isOpen = judge.progress == .waiting || judge.progress == .satisfied
      if isEarly || !isOpen || judge.received(incoming) == .passedOver {
        passedOver.append(incoming)
      }
    }
    unclaimed[name] = passedOver
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
        unclaimed[name, default: []].append(incoming)
      }
    }
    return judge
  }

  /// Listens a little longer where a push must not be heard.
  nonisolated(nonsending) private mutating func listenOutside(
    _ interactions: [Interaction]
  ) async throws(SessionError) {
    let outsiders = Set(
      interactions.flatMap { Audience(of: $0, in: conversation).outsiders }
    )
    let deadline = MonotonicTime.now().advanced(by: configuration.settleTime)
    for name in outsiders.sorted() where session.closure(of: name) == nil {
      while let event = try await session.next(on: name, until: deadline), event.closure == nil {
        if let incoming = event.incoming { unclaimed[name, default: []].append(incoming) }
      }
    }
  }

  /// The outcomes with what was heard by those whom a push is not for.
  private func withOutsiders(_ outcomes: [Outcome]) -> [Outcome] {
    var told = Set(
      outcomes.flatMap(\.findings).filter { $0.rule == Silence.rule }.map(\.traffic)
    )
    return outcomes.map { outcome in
      guard outcome.interaction.facts.audience != nil else { return outcome }
      let begin = beginOfSilence(outcome.interaction)
      var outcome = outcome
      for name in Audience(of: outcome.interaction, in: conversation).outsiders {
        for incoming in unclaimed[name] ?? [] {
          if let begin, let at = incoming.at, at < begin { continue }
          guard !pushes.allow(incoming.message, on: name),
            let finding = Audience.objection(to: incoming, on: name, as: outcome.interaction),
            told.insert(finding.traffic).inserted
          else { continue }
          outcome.findings.append(finding)
        }
      }
      return outcome
    }
  }

  /// Listens for what must not be heard; what came since the trigger counts as well.
  nonisolated(nonsending) private mutating func awaitSilence(
    _ interaction: Interaction,
    _ limit: Duration
  ) async throws(SessionError) -> [Finding] {
    let name = interaction.connectionName
    let silence = Silence(
      interaction,
      since: beginOfSilence(interaction),
      heartbeat: heartbeat
    )
    var findings = (unclaimed[name] ?? []).compactMap { silence.objection(to: $0, on: name) }
    let deadline = MonotonicTime.now().advanced(by: limit)
    while let event = try await session.next(on: name, until: deadline), event.closure == nil {
      guard let incoming = event.incoming else { continue }
      unclaimed[name, default: []].append(incoming)
      if let finding = silence.objection(to: incoming, on: name) { findings.append(finding) }
    }
    return findings
  }

  /// From when on nothing may have been heard: since the trigger, which for what is said on connect is
  /// the opening, long before it is judged.
  private func beginOfSilence(_ interaction: Interaction) -> MonotonicTime? {
    let own = begins[interaction.description]
    switch interaction.facts.trigger {
    case .interaction(let name):
      let cause = conversation.interactions.first { $0.description == name }
      if let cause, cause.facts.trigger == .connect { return openings[cause.connectionName] ?? own }
      return begins[name] ?? own
    case .connect:
      return openings[interaction.connectionName] ?? own
    case nil:
      return interaction.isSilence ? latestBegin ?? own : own
    }
  }

  nonisolated(nonsending) private mutating func awaitClose(
    _ code: CloseCode,
    on name: String
  ) async throws(SessionError) -> [Finding] {
    let deadline = MonotonicTime.now().advanced(by: configuration.replyTimeout)
    while let event = try await session.next(on: name, until: deadline) {
      guard let closure = event.closure else {
        if let incoming = event.incoming { unclaimed[name, default: []].append(incoming) }
        continue
      }
      return closure.code == code
        ? []
        : [
          closeFinding("the connection was closed otherwise than agreed", code, "\(closure)", name)
        ]
    }
    let open = "it is still open"
    return [closeFinding("the provider did not close the connection", code, open, name)]
  }

  // MARK: Findings

  private static func unprepared(_ problem: GenerationProblem) -> Finding {
    Finding(rule: "generator", message: "\(problem)")
  }

  private func gone(_ closure: Closure, before interaction: Interaction) -> Finding {
    Finding(
      rule: "connection-closed",
      message: "the connection had ended before it came to this: \(closure)",
      traffic: TrafficLocation(connection: interaction.connectionName)
    )
  }

  private func closeFinding(
    _ message: String,
    _ code: CloseCode,
    _ actual: String,
    _ name: String
  ) -> Finding {
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
    let own = interaction.facts.budgetMilliseconds.map { Duration.milliseconds($0) }
    guard let budget = own ?? configuration.budget, let received else { return [] }
    let time = sent.duration(to: received)
    guard time > budget else { return [] }
    return [
      Finding(
        rule: LateReply.rule,
        message: "the first reply was late",
        traffic: TrafficLocation(connection: interaction.connectionName),
        expected: "within \(Int(budget / .milliseconds(1))) ms",
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
        frame: frameNumber,
        at: at
      )
    }
  }
}

extension ReceivedMessage {
  /// The message with another value, where it is JSON.
  fileprivate func replacing(_ change: (JSONValue) -> JSONValue) -> ReceivedMessage {
    guard let json else { return self }
    let value = change(json)
    return value == json ? self : ReceivedMessage(bytes: value.bytes(), isText: isText)
  }
}

extension InteractionMessage {
  /// The example as it is sent.
  fileprivate func payload(framed frames: WebSocketFacts.FrameKind?) -> ScenarioPayload {
    switch contents {
    case .missing: .text("")
    case .json(let value, _): frames == .binary ? .binary(value.bytes()) : .json(value)
    case .text(let text, _): frames == .binary ? .binary(Array(text.utf8)) : .text(text)
    case .binary(let bytes, _): .binary(bytes)
    }
  }
}
