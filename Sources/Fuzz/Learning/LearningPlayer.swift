import Contract
import Generation
import JSON
import Session
import WebSocket

/// Says the letters of a word on a new connection, and tells what was answered to each.
struct LearningPlayer {
  /// What an answer is called that did not come.
  static let silence = "silence"
  /// What is answered to whoever says something on a connection that is over.
  static let disconnected = "not connected"
  /// What a message is called that the document does not know.
  static let unknownMessage = "unknown message"
  /// How long the answer to a ping is waited for, which shows that all has been said.
  static let pongPatience: Duration = .seconds(1)

  private let index: APIIndex
  private let vocabulary: Vocabulary
  private let alphabet: LearningAlphabet
  private let patience: Duration
  private let answersPings: Bool
  private let recorder = TranscriptRecorder()
  private let live: LiveSession
  private var evidence: Evidence
  private var observed = 0
  /// The thing of each kind that was named or made last.
  private var things: [String: JSONValue] = [:]
  private var numbers: Range<Int>

  /// The connection's name.
  private static let name = "c1"

  /// Prepares a new connection.
  ///
  /// - Parameters:
  ///   - play: Whom to talk to, and how.
  ///   - alphabet: What the letters say.
  ///   - numbers: The numbers of new things, used by nobody else.
  ///   - patience: How long an answer is waited for.
  init(_ play: CasePlay, _ alphabet: LearningAlphabet, numbers: Range<Int>, patience: Duration) {
    index = play.index
    vocabulary = play.vocabulary
    self.alphabet = alphabet
    self.patience = patience
    self.numbers = numbers
    answersPings = play.options.answersPings
    var options = play.options.session
    options.automaticReply = play.heartbeats.automaticReply
    live = LiveSession(provider: play.provider, recorder: recorder, options: options)
    evidence = Evidence(play.index)
  }

  /// Says a word.
  ///
  /// - Returns: What was answered to each letter.
  /// - Throws: ``SessionError`` when there is no first connection.
  nonisolated(nonsending) mutating func play(
    _ word: [Int]
  ) async throws(SessionError) -> (outputs: [String], transcript: Transcript) {
    try await live.connect(Self.name, facts: vocabulary.sockets[alphabet.socket].facts)
    var outputs: [String] = []
    for (step, letter) in word.enumerated() {
      switch alphabet.letters[letter].act {
      case .reconnect:
        outputs.append(try await reconnect(step + 1))
      case .say(let entry, let references, let isAboutLast):
        outputs.append(
          try await say(vocabulary.entries[entry], references, isAboutLast: isAboutLast, step + 1)
        )
      }
    }
    await live.closeAll()
    return (outputs, recorder.transcript)
  }

  nonisolated(nonsending) private mutating func reconnect(
    _ step: Int
  ) async throws(SessionError) -> String {
    if live.isOpen(Self.name) { try await live.drop(Self.name, step: step) }
    do throws(SessionError) {
      let facts = vocabulary.sockets[alphabet.socket].facts
      try await live.connect(Self.name, facts: facts, step: step)
    } catch {
      if case .cancelled = error { throw error }
      observe()
      return evidence.refusals.last?.status.map { "refused with \($0)" } ?? "refused"
    }
    observe()
    return "connected"
  }

  // MARK: Saying

  nonisolated(nonsending) private mutating func say(
    _ entry: Vocabulary.Entry,
    _ references: [LearningAlphabet.Reference],
    isAboutLast: Bool,
    _ step: Int
  ) async throws(SessionError) -> String {
    guard live.isOpen(Self.name) else { return Self.disconnected }
    var payload = entry.sample
    if let fresh = entry.freshID, let id = newThing(fresh, entry) {
      payload.set(id, at: fresh.pointer)
    }
    var named: [String: JSONValue] = [:]
    for reference in references {
      let last = isAboutLast ? things[reference.kind] : nil
      guard let thing = last ?? newThing(reference.fresh, entry) else { continue }
      payload.set(thing, at: reference.fresh.pointer)
      named[reference.kind] = thing
    }
    let heard = evidence.received.count
    let exchanges = evidence.exchanges.count
    do throws(SessionError) {
      try await live.send(.json(payload), on: Self.name, step: step)
    } catch {
      guard case .connectionLost = error else { throw error }
      try await listenToTheEnd(step)
      return ending ?? Self.disconnected
    }
    observe()
    let exchange = evidence.exchanges.count > exchanges ? exchanges : nil
    if let exchange { try await waitForAnswer(to: exchange, step) }
    try await synchronize(step)
    if let exchange { remember(named, exchange, entry.operation.effects.state) }
    return output(of: exchange, since: heard)
  }

  nonisolated(nonsending) private mutating func waitForAnswer(
    to exchange: Int,
    _ step: Int
  ) async throws(SessionError) {
    while evidence.exchanges[exchange].state == .open, live.isOpen(Self.name) {
      let since = evidence.exchanges[exchange].lastReplyAt ?? evidence.exchanges[exchange].sentAt
      let deadline = recorder.begin.advanced(by: .nanoseconds(max(0, since)))
        .advanced(by: patience)
      guard try await live.next(on: Self.name, until: deadline, step: step) != nil else { return }
      observe()
    }
  }

  /// Hears everything that the provider has said by the time at which it answers a ping.
  nonisolated(nonsending) private mutating func synchronize(
    _ step: Int
  ) async throws(SessionError) {
    guard live.isOpen(Self.name), answersPings else { return observe() }
    let deadline = MonotonicTime.now().advanced(by: Self.pongPatience)
    do throws(SessionError) {
      _ = try await live.ping(on: Self.name, until: deadline, step: step)
    } catch {
      if case .cancelled = error { throw error }
    }
    let past = MonotonicTime(nanoseconds: 0)
    while live.isOpen(Self.name), try await live.next(on: Self.name, until: past, step: step) != nil
    {}
    observe()
  }

  nonisolated(nonsending) private mutating func listenToTheEnd(
    _ step: Int
  ) async throws(SessionError) {
    let deadline = MonotonicTime.now().advanced(by: Self.pongPatience)
    while let event = try await live.next(on: Self.name, until: deadline, step: step) {
      if event.closure != nil { break }
    }
    observe()
  }

  // MARK: Answers

  /// What was answered, in a few words.
  private func output(of exchange: Int?, since heard: Int) -> String {
    var parts: [String] = []
    if let exchange {
      let reply = evidence.firstReply(to: evidence.exchanges[exchange])
      if let reply {
        parts.append(reply.message.name ?? Self.unknownMessage)
      } else if let other = firstOther(since: heard) {
        parts.append(other)
      }
    } else if let other = firstOther(since: heard) {
      parts.append(other)
    }
    if let ending { parts.append(ending) }
    return parts.isEmpty ? Self.silence : parts.joined(separator: ", ")
  }

  /// The first message since then that nobody would have said without being asked.
  private func firstOther(since heard: Int) -> String? {
    for received in evidence.received.dropFirst(heard) where received.role != .push {
      if case .reply = received.role { continue }
      return received.message.name ?? Self.unknownMessage
    }
    return nil
  }

  /// How the provider ended the connection; `nil` while it is open.
  private var ending: String? {
    guard let closure = evidence.connections.last?.closure, closure.initiator != .local else {
      return nil
    }
    return closure.code.map { "closed with \($0)" } ?? "dropped"
  }

  /// Keeps what was named and made, unless it was refused.
  private mutating func remember(
    _ named: [String: JSONValue],
    _ place: Int,
    _ effect: StateEffect?
  ) {
    let exchange = evidence.exchanges[place]
    guard evidence.outcome(of: exchange) == .success,
      let reply = evidence.firstReply(to: exchange)?.message.document?.value
    else { return }
    things.merge(named) { $1 }
    let definition = evidence.firstReply(to: exchange)?.message.name.flatMap {
      index.definitions[$0]
    }
    reply.visitTexts { pointer, value in
      guard pointer != definition?.correlation, let kind = LearningAlphabet.kind(of: pointer),
        named[kind] == nil
      else { return }
      things[kind] = value
    }
    if let effect, effect.kind == .create, let id = reply[effect.id] {
      things[effect.resource] = id
    }
  }

  /// The name of a thing that nobody has used.
  private mutating func newThing(
    _ fresh: FreshIdentifier,
    _ entry: Vocabulary.Entry
  ) -> JSONValue? {
    let number = nextNumber()
    if let value = fresh.value(number) { return value }
    var source = ChoiceSource(seed: UInt64(number))
    return (try? entry.generator.value(from: &source))?[fresh.pointer]
  }

  private mutating func nextNumber() -> Int { numbers.popFirst() ?? numbers.upperBound }

  private mutating func observe() {
    for event in recorder.events(after: observed) {
      evidence.observe(event)
      observed += 1
    }
  }
}
