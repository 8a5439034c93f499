import Contract
import JSON
import Session
import WebSocket

extension CasePlayer {
  /// How long a reaction is waited for before something else is asked.
  static let reactionWait: Duration = .milliseconds(50)
  /// How long the end of a connection is waited for before it is taken to go on.
  static let failureWait: Duration = .milliseconds(200)

  /// Says something invalid, listens to what comes of it, and sees whether the provider goes on.
  nonisolated(nonsending) mutating func play(
    _ input: InvalidInput,
    on connection: Int,
    step: Int
  ) async throws(SessionError) {
    let name = Self.name(connection)
    // What was asked before is answered before, so that it is clear what is about what.
    try await settle()
    if isOver { return }
    if !live.isOpen(name) {
      try await open(name, socket: planner.sockets[connection], step: step)
      if isOver { return }
    }
    actions.append(.input(connection: name, input))
    let known = evidence.exchanges.count
    for part in input.steps(on: name) where live.isOpen(name) {
      try await perform(part, on: name, step: step)
    }
    observe()
    pending += known..<evidence.exchanges.count
    try await listen(to: input, on: name, step: step)
    if isOver { return }
    try await check(connection, step: step)
    try await awaitRefusal(on: name, step: step)
  }

  /// Does one part of an input; a provider that objects to it may have ended the connection already.
  nonisolated(nonsending) private func perform(
    _ part: ScenarioStep,
    on name: String,
    step: Int
  ) async throws(SessionError) {
    do throws(SessionError) {
      switch part {
      case .send(let send):
        try await live.send(send.payload, on: name, fragments: send.fragments, step: step)
      case .frame(let frame): try await live.write(frame, step: step)
      case .bytes(let bytes): try await live.write(bytes, step: step)
      case .drop: try await live.drop(name, step: step)
      case .reset: try await live.reset(name, step: step)
      case .stall: try live.stall(name, step: step)
      case .resume: try live.resume(name, step: step)
      case .halfClose: try await live.endOutput(name, step: step)
      case .wait(let span):
        let deadline = MonotonicTime.now().advanced(by: span)
        while live.isOpen(name), MonotonicTime.now() < deadline {
          _ = try await live.next(on: name, until: deadline, step: step)
        }
      default: break
      }
    } catch {
      if case .cancelled = error { throw error }
    }
  }

  /// Hears what comes of an input.
  nonisolated(nonsending) private mutating func listen(
    to input: InvalidInput,
    on name: String,
    step: Int
  ) async throws(SessionError) {
    switch input.patience {
    case .refusal:
      try await listen(on: name, for: Self.reactionWait, step: step) { evidence in
        evidence.provocations.last?.hasReaction ?? true
      }
    case .failure:
      try await listen(on: name, for: Self.failureWait, step: step) { _ in false }
    case .answer, .nothing: break
    }
    if evidence.irregularities > tolerated { stopUnlessKnown() }
    if isOver { return }
    try await settle()
  }

  /// Listens on a connection until it ends, or what is waited for has come.
  nonisolated(nonsending) private mutating func listen(
    on name: String,
    for span: Duration,
    step: Int,
    until isDone: (Evidence) -> Bool
  ) async throws(SessionError) {
    let deadline = MonotonicTime.now().advanced(by: min(span, options.limits.patience))
    while live.isOpen(name), !isDone(evidence) {
      guard try await live.next(on: name, until: deadline, step: step) != nil else { break }
      observe()
      try await answerHeartbeats()
    }
    observe()
  }

  /// Asks something that is always answered, on the same connection where it is still there.
  nonisolated(nonsending) private mutating func check(
    _ connection: Int,
    step: Int
  ) async throws(SessionError) {
    let name = Self.name(connection)
    guard let place = vocabulary.sockets[planner.sockets[connection]].check else { return }
    // The end of the connection may cross the first question.
    for attempt in 0..<2 {
      let isNew = !live.isOpen(name)
      if isNew {
        try await open(name, socket: planner.sockets[connection], step: step)
        if isOver { return }
      }
      let entry = vocabulary.entries[place]
      checks += 1
      let payload = planner.check(entry, number: checks)
      let exchange = evidence.exchanges.count
      actions.append(.check(connection: name, message: entry.message.name, payload: payload))
      do throws(SessionError) {
        try await live.send(.json(payload), on: name, step: step)
        observe()
        if evidence.exchanges.count > exchange {
          try await waitForAnswer(to: exchange)
        }
      } catch {
        if case .cancelled = error { throw error }
        try await listen(on: name, for: Self.failureWait, step: step) { _ in false }
      }
      guard attempt == 0, !isNew, !live.isOpen(name) else { break }
      // Nothing is wrong with an end that the input explains.
      guard
        Judges.findings(in: evidence, limits: options.limits).allSatisfy({
          options.known.contains($0.signature)
        })
      else { break }
      isOver = false
      tolerated = evidence.irregularities
    }
    if !isOver { stopUnlessKnown() }
  }

  /// Gives the provider all its time to refuse what it passed over.
  nonisolated(nonsending) private mutating func awaitRefusal(
    on name: String,
    step: Int
  ) async throws(SessionError) {
    guard !isOver, let last = evidence.provocations.last, evidence.owesRefusal(of: last),
      !last.hasReaction, live.isOpen(name)
    else { return }
    let signature = InvalidUnansweredJudge.rule.finding(
      "",
      subject: last.kind.subject,
      place: last.kind.place
    ).signature
    guard !options.known.contains(signature) else { return }
    actions.append(.awaitRefusal(connection: name))
    let sent = UInt64(max(0, last.sent.nanoseconds))
    let deadline = MonotonicTime(nanoseconds: recorder.begin.nanoseconds + sent)
      .advanced(by: options.limits.patience)
    while live.isOpen(name), !(evidence.provocations.last?.hasReaction ?? true) {
      guard try await live.next(on: name, until: deadline, step: step) != nil else {
        recorder.record(.missed("refusal"), connection: name, step: step)
        break
      }
      observe()
      try await answerHeartbeats()
    }
    observe()
    stopUnlessKnown()
  }
}
