import Contract
import Generation
import Session
import WebSocket

/// Plays cases against a provider that it keeps alive, and finds out what became of the provider.
struct CaseExecutor {
  /// How long the end of the provider's process is waited for when a connection broke.
  static let exitPatience: Duration = .milliseconds(500)

  let index: APIIndex
  let vocabulary: Vocabulary
  let heartbeats: HeartbeatReplies
  let host: ProviderHost
  let states: ProviderStateClient?
  let given: [ProviderState]
  var options: CaseOptions
  /// The process of a provider that was not started here, where it is known.
  private let providerProcess: Int32?
  /// The process that the provider states were set up in.
  private var preparedProcess: Int32??

  init(
    index: APIIndex,
    vocabulary: Vocabulary,
    host: ProviderHost,
    configuration: FuzzConfiguration,
    session: SessionOptions
  ) {
    self.index = index
    self.vocabulary = vocabulary
    heartbeats = HeartbeatReplies(index)
    self.host = host
    states = configuration.stateURL.map {
      ProviderStateClient(url: $0, tls: configuration.session.tls)
    }
    given = configuration.given
    providerProcess = configuration.providerProcess
    options = CaseOptions(
      maximumSteps: configuration.maximumSteps,
      maximumConnections: configuration.maximumConnections,
      session: session,
      limits: JudgeLimits(budget: configuration.budget, patience: configuration.patience)
    )
  }

  /// The process whose memory, descriptors and threads are watched; `nil` when none is known.
  var watchedProcess: Int32? { host.processID ?? providerProcess }

  /// The provider's URL; the provider is started and put into its states where needed.
  ///
  /// - Throws: ``SessionError``.
  nonisolated(nonsending) mutating func provider() async throws(SessionError) -> WebSocketURL {
    let url = try await host.url()
    guard !given.isEmpty, preparedProcess != .some(host.processID) else { return url }
    guard let states else { throw .noStateEndpoint(states: given.map(\.name)) }
    for state in given { try await states.setUp(state) }
    preparedProcess = .some(host.processID)
    return url
  }

  /// Plays a case.
  ///
  /// - Parameters:
  ///   - source: Where its decisions come from.
  ///   - patience: How long to wait for replies, when not as usual.
  /// - Returns: What was done and seen.
  /// - Throws: ``SessionError`` when the provider cannot be started.
  nonisolated(nonsending) mutating func play(
    _ source: ChoiceSource,
    patience: Duration? = nil
  ) async throws(SessionError) -> CaseRun {
    let play = try await preparedPlay(source, patience: patience)
    var run = try await play.outcome().get()
    try await watchProcess(&run)
    return run
  }

  /// A case with all that its play needs, on a provider that is there.
  ///
  /// Whoever plays it calls ``watchProcess(_:)`` afterwards.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started.
  nonisolated(nonsending) mutating func preparedPlay(
    _ source: ChoiceSource,
    patience: Duration? = nil
  ) async throws(SessionError) -> CasePlay {
    let url = try await provider()
    var options = options
    if let patience { options.limits.patience = patience }
    return CasePlay(
      source: source,
      provider: url,
      index: index,
      vocabulary: vocabulary,
      heartbeats: heartbeats,
      options: options
    )
  }

  /// Plays a case again, and tries afterwards whether the provider accepts a new connection.
  ///
  /// - Parameters:
  ///   - log: What was decided.
  ///   - isFresh: Whether the provider is started again first, where that is possible.
  ///   - history: Cases that are played before, on the same provider.
  ///   - patience: How long to wait for replies, when not as usual.
  ///   - awaitsExit: Whether the process's end is waited for although nothing broke.
  /// - Returns: What was done and seen, and the same of the cases before.
  /// - Throws: ``SessionError`` when the provider cannot be started.
  nonisolated(nonsending) mutating func replay(
    _ log: ChoiceLog,
    isFresh: Bool,
    history: [ChoiceLog] = [],
    patience: Duration? = nil,
    awaitsExit: Bool = false
  ) async throws(SessionError) -> (run: CaseRun, before: [CaseRun]) {
    if isFresh { _ = try await host.restart() }
    var before: [CaseRun] = []
    for log in history {
      before.append(try await play(ChoiceSource(replaying: log), patience: patience))
    }
    _ = try await provider()
    let waits = watchedProcess.map(ProcessorWaits.init)
    var run = try await play(ChoiceSource(replaying: log), patience: patience)
    if let waits, let process = watchedProcess {
      run.limits.starvation = ProcessorWaits(of: process).longest(since: waits)
    }
    try await probe(&run)
    if awaitsExit, run.evidence.exit == nil {
      note(await host.waitForExit(within: Self.exitPatience), in: &run)
    }
    return (run, before)
  }

  /// Writes down the end of the provider's process.
  ///
  /// When a connection broke, the process may be about to end: it is, unless a new connection is
  /// accepted.
  nonisolated(nonsending) func watchProcess(
    _ run: inout CaseRun
  ) async throws(SessionError) {
    let isBroken =
      !run.evidence.refusals.isEmpty
      || run.evidence.connections.contains { $0.wasEndedByProvider && $0.closure?.code == nil }
    if host.exitStatus == nil, isBroken { try await probe(&run) }
    note(host.exitStatus, in: &run)
  }

  private func note(_ status: ExitStatus?, in run: inout CaseRun) {
    guard let status, run.evidence.exit == nil else { return }
    run.append(.providerExited(code: status.code, signal: status.signal))
    run.lastOutput = host.lastOutput
  }

  /// Opens one more connection, to see whether the provider still accepts any.
  nonisolated(nonsending) private func probe(_ run: inout CaseRun) async throws(SessionError) {
    guard run.evidence.exit == nil, host.exitStatus == nil else { return }
    if run.evidence.refusals.isEmpty {
      let url = try await host.url()
      guard let refusal = try await Self.refusal(url, options.session, vocabulary) else { return }
      run.append(refusal, connection: "probe")
    }
    note(await host.waitForExit(within: Self.exitPatience), in: &run)
  }

  /// Why a new connection is not accepted; `nil` when it is.
  nonisolated(nonsending) private static func refusal(
    _ url: WebSocketURL,
    _ session: SessionOptions,
    _ vocabulary: Vocabulary
  ) async throws(SessionError) -> TranscriptEvent.Kind? {
    let recorder = TranscriptRecorder()
    let live = LiveSession(provider: url, recorder: recorder, options: session)
    do throws(SessionError) {
      try await live.connect("probe", facts: vocabulary.sockets.first?.facts)
    } catch {
      if case .cancelled = error { throw error }
      return recorder.transcript.events.last?.kind
    }
    await live.closeAll()
    return nil
  }
}

extension CaseRun {
  /// Adds something that was noticed after the case.
  mutating func append(_ kind: TranscriptEvent.Kind, connection: String? = nil) {
    let event = TranscriptEvent(
      number: transcript.events.count + 1,
      nanoseconds: evidence.end,
      connection: connection,
      kind: kind
    )
    transcript.events.append(event)
    evidence.observe(event)
  }
}
