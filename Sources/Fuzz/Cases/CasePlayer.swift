import Contract
import Generation
import JSON
import JSONSchema
import Session
import WebSocket

/// Plays one case: decides each step with what was heard so far, says it, and listens.
///
/// A case stops at the first thing that is not as it should be, unless that is known already.
struct CasePlayer {
  /// How long the answer to a ping is waited for at the end of a case.
  static let pongPatience: Duration = .seconds(1)
  /// How long an answer may take before it is looked for on other connections too.
  static let usualWait: Duration = .milliseconds(50)

  let index: APIIndex
  let vocabulary: Vocabulary
  let heartbeats: HeartbeatReplies
  let options: CaseOptions
  let live: LiveSession
  let recorder: TranscriptRecorder
  var planner: CasePlanner
  var evidence: Evidence
  var actions: [CaseRun.Action] = []
  private var digest = ByteDigest()
  /// How many events of the transcript the evidence has.
  private var observed = 0
  /// How many received messages were answered or looked at.
  private var attended = 0
  /// How much is amiss that is known already.
  var tolerated = 0
  /// Requests whose answers were not waited for yet.
  var pending: [Int] = []
  var isOver = false
  private var didNotOpen = false
  /// How often it was asked whether the provider still answers.
  var checks = 0

  init(_ play: CasePlay) {
    index = play.index
    vocabulary = play.vocabulary
    heartbeats = play.heartbeats
    options = play.options
    recorder = TranscriptRecorder()
    live = LiveSession(provider: play.provider, recorder: recorder, options: options.session)
    evidence = Evidence(index)
    planner = CasePlanner(
      vocabulary: vocabulary,
      source: play.source,
      maximumConnections: options.maximumConnections
    )
  }

  /// Plays the case and closes its connections.
  ///
  /// - Throws: ``SessionError/cancelled``; everything else is part of what was seen.
  nonisolated(nonsending) mutating func play() async throws(SessionError) -> CaseRun {
    for connection in planner.sockets.indices where !isOver {
      try await open(
        Self.name(connection),
        socket: planner.sockets[connection],
        step: nil
      )
    }
    if !isOver { try await playSteps() }
    if !isOver { try await listenToTheRest() }
    for name in live.openNames { try await live.close(name) }
    live.recordStalls()
    observe()
    return CaseRun(
      log: planner.source.log,
      actions: actions,
      transcript: recorder.transcript,
      spelling: spelling,
      begin: recorder.begin,
      evidence: evidence,
      limits: options.limits,
      digest: digest,
      didNotOpen: didNotOpen
    )
  }

  nonisolated(nonsending) private mutating func playSteps() async throws(SessionError) {
    // What is sent without waiting is decided as a whole before any of it goes out: however fast
    // the provider answers or hangs up in between, the same is said.
    var burst: [Decided] = []
    for number in 1...max(1, options.maximumSteps) {
      guard let decided = decide(number) else { break }
      burst.append(decided)
      if decided.step.isPipelined, number < options.maximumSteps { continue }
      try await play(burst)
      burst.removeAll(keepingCapacity: true)
      if isOver { break }
    }
    if !isOver { try await play(burst) }
    if !isOver { try await settle() }
  }
}

// MARK: - Steps

extension CasePlayer {
  /// How valid messages are spelled.
  private var spelling: Spelling {
    options.settledSpellings.contains(planner.spelling) ? .plain : planner.spelling
  }

  /// The name of a connection.
  static func name(_ connection: Int) -> String { "c\(connection + 1)" }

  /// A step that was decided and not done yet.
  private struct Decided {
    var step: CaseStep
    /// Its place in the case, from 1.
    var number: Int
    /// The bytes of its message; empty where it has none.
    var bytes: [UInt8] = []
  }

  /// Decides the next step; `nil` at the end of the case.
  private mutating func decide(_ number: Int) -> Decided? {
    do {
      guard let step = try planner.next() else { return nil }
      var decided = Decided(step: step, number: number)
      digest.add(UInt64(step.connection))
      if case .send(let entry, let payload, _) = step.kind {
        decided.bytes = bytes(of: payload, vocabulary.entries[entry].message)
        digest.add(decided.bytes)
        planner.remember(payload, as: vocabulary.entries[entry].message)
      } else if case .input(let input) = step.kind {
        digest.add(input.bytes)
      }
      return decided
    } catch {
      recorder.record(.note("a payload could not be made: \(error)"), step: number)
      return nil
    }
  }

  private func bytes(of payload: JSONValue, _ message: MessageDefinition) -> [UInt8] {
    spelling == .plain
      ? payload.bytes() : Array(spelling.text(of: payload, message.payload).utf8)
  }

  /// Does what was decided; neighbouring messages of one connection go out together.
  nonisolated(nonsending) private mutating func play(
    _ burst: [Decided]
  ) async throws(SessionError) {
    var rest = burst[...]
    while let first = rest.first, !isOver {
      let sends = rest.prefix { $0.step.connection == first.step.connection && $0.step.isSend }
      if sends.isEmpty {
        try await play(first.step, number: first.number)
        rest = rest.dropFirst()
      } else {
        try await send(sends, on: first.step.connection)
        rest = rest[sends.endIndex...]
        if let last = sends.last, !last.step.isPipelined, !isOver { try await settle() }
      }
    }
  }

  nonisolated(nonsending) private mutating func play(
    _ step: CaseStep,
    number: Int
  ) async throws(SessionError) {
    let name = Self.name(step.connection)
    switch step.kind {
    case .send: break
    case .input(let input):
      try await play(input, on: step.connection, step: number)
    case .close:
      guard live.isOpen(name) else { return }
      try await settle()
      actions.append(.close(name))
      try await live.close(name, step: number)
      observe()
    case .drop:
      guard live.isOpen(name) else { return }
      actions.append(.drop(name))
      try await live.drop(name, step: number)
      observe()
      pending.removeAll { exchange in
        !live.isOpen(evidence.connections[evidence.exchanges[exchange].connection].name)
      }
    }
  }

  nonisolated(nonsending) mutating func open(
    _ name: String,
    socket: Int,
    step: Int?
  ) async throws(SessionError) {
    let facts = vocabulary.sockets[socket].facts
    actions.append(.connect(name, facts: facts))
    do throws(SessionError) {
      try await live.connect(name, facts: facts, step: step)
    } catch {
      if case .cancelled = error { throw error }
      didNotOpen = evidence.connections.isEmpty
      isOver = true
    }
    observe()
  }

  /// Sends messages one behind the other; the connection is opened where it is not.
  nonisolated(nonsending) private mutating func send(
    _ sends: ArraySlice<Decided>,
    on connection: Int
  ) async throws(SessionError) {
    guard let first = sends.first, let last = sends.last else { return }
    let name = Self.name(connection)
    if !live.isOpen(name) {
      try await open(name, socket: planner.sockets[connection], step: first.number)
      if isOver { return }
    }
    for decided in sends {
      guard case .send(let entry, let payload, _) = decided.step.kind else { continue }
      let message = vocabulary.entries[entry].message.name
      actions.append(
        spelling == .plain
          ? .send(connection: name, message: message, payload: payload)
          : .sendSpelled(
            connection: name,
            message: message,
            payload: payload,
            text: String(decoding: decided.bytes, as: UTF8.self)
          )
      )
    }
    let exchanges = evidence.exchanges.count
    do throws(SessionError) {
      try await live.send(
        sends.map { (Message(kind: .text, payload: $0.bytes), $0.number) },
        on: name
      )
    } catch {
      if case .cancelled = error { throw error }
      try await listenToTheEnd(of: name, step: last.number)
      return
    }
    observe()
    pending += exchanges..<evidence.exchanges.count
  }

  /// Hears what a connection that is over had still to say.
  nonisolated(nonsending) private mutating func listenToTheEnd(
    of name: String,
    step: Int
  ) async throws(SessionError) {
    let deadline = MonotonicTime.now().advanced(by: options.limits.patience)
    while let event = try await live.next(on: name, until: deadline, step: step) {
      if event.closure != nil { break }
    }
    observe()
    isOver = true
  }
}

// MARK: - Answers

extension CasePlayer {
  /// Hears what the provider has said on each connection and nobody has waited for, up to the answer
  /// to a ping.
  nonisolated(nonsending) private mutating func listenToTheRest() async throws(SessionError) {
    guard options.answersPings else { return }
    for name in live.openNames {
      let deadline = MonotonicTime.now().advanced(by: Self.pongPatience)
      do throws(SessionError) {
        _ = try await live.ping(on: name, until: deadline)
        while try await live.next(on: name, until: MonotonicTime(nanoseconds: 0)) != nil {
          if !live.isOpen(name) { break }
        }
      } catch {
        if case .cancelled = error { throw error }
      }
    }
    observe()
    try await waitForPushes()
  }

  /// Waits for what the provider owes those who listen, as long as for a reply.
  nonisolated(nonsending) private mutating func waitForPushes() async throws(SessionError) {
    guard index.hasEffects else { return }
    while let since = BroadcastLedger(evidence).oldestDebt {
      let deadline = MonotonicTime(nanoseconds: recorder.begin.nanoseconds + UInt64(max(0, since)))
        .advanced(by: options.limits.patience)
      guard try await live.next(until: deadline) != nil else { return }
      observe()
    }
  }

  /// Waits for the answers to everything that was asked, the oldest question first.
  nonisolated(nonsending) mutating func settle() async throws(SessionError) {
    let waiting = pending
    pending = []
    for exchange in waiting {
      try await waitForAnswer(to: exchange)
      if isOver { return }
    }
  }

  nonisolated(nonsending) mutating func waitForAnswer(
    to place: Int
  ) async throws(SessionError) {
    actions.append(.awaitReply(exchange: place))
    let connection = evidence.exchanges[place].connection
    let name = evidence.connections[connection].name
    let step = evidence.exchanges[place].step
    while evidence.exchanges[place].state == .open {
      let exchange = evidence.exchanges[place]
      let since = UInt64(max(0, exchange.lastReplyAt ?? exchange.sentAt))
      let deadline = MonotonicTime(nanoseconds: recorder.begin.nanoseconds + since)
        .advanced(by: options.limits.patience)
      let event = try await next(on: name, until: deadline, step: step)
      observe()
      guard event else {
        let expected = exchange.progress.expected.joined(separator: " or ")
        recorder.record(.missed(expected), connection: name, step: step)
        observe()
        isOver = true
        return
      }
      try await answerHeartbeats()
      if evidence.connections[connection].closure != nil { isOver = true }
      if evidence.irregularities > tolerated { stopUnlessKnown() }
      if isOver { return }
    }
    harvest(place)
  }

  /// Waits for anything on a connection; when it takes long, on the others too, because the answer
  /// may have gone astray.
  ///
  /// - Returns: Whether anything came.
  nonisolated(nonsending) private func next(
    on name: String,
    until deadline: MonotonicTime,
    step: Int?
  ) async throws(SessionError) -> Bool {
    let soon = MonotonicTime.now().advanced(by: Self.usualWait)
    if soon >= deadline || live.openNames.count == 1 {
      return try await live.next(on: name, until: deadline, step: step) != nil
    }
    if try await live.next(on: name, until: soon, step: step) != nil { return true }
    return try await live.next(until: deadline, step: step) != nil
  }

  /// Keeps the values of an answer for later steps.
  ///
  /// Only answers that were waited for count, in the order of their questions, so that the same
  /// answers lead to the same next step however fast they come.
  private mutating func harvest(_ place: Int) {
    for reply in evidence.exchanges[place].replies {
      let message = evidence.received[reply].message
      guard message.isValid, let name = message.name, let value = message.document?.value,
        let definition = index.definitions[name]
      else { continue }
      planner.remember(value, as: definition)
    }
  }

  /// Says what the provider's own questions ask for.
  nonisolated(nonsending) mutating func answerHeartbeats() async throws(SessionError) {
    while attended < evidence.received.count {
      let received = evidence.received[attended]
      attended += 1
      guard received.role == .push, let reply = heartbeats.reply(to: received.message) else {
        continue
      }
      let name = evidence.connections[received.connection].name
      guard live.isOpen(name) else { continue }
      do throws(SessionError) {
        try await live.send(reply, on: name, step: received.step)
      } catch {
        if case .cancelled = error { throw error }
      }
      observe()
    }
  }

  /// Ends the case, unless everything that is amiss is known and the talk can go on.
  mutating func stopUnlessKnown() {
    let findings = Judges.findings(in: evidence, limits: options.limits)
    if findings.allSatisfy({ options.known.contains($0.signature) }) {
      tolerated = evidence.irregularities
    } else {
      isOver = true
    }
  }

  /// Brings the evidence up to date with the transcript.
  mutating func observe() {
    for event in recorder.events(after: observed) {
      evidence.observe(event)
      observed += 1
    }
  }
}
