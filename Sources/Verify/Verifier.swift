package import Contract
package import Pact
package import Session
package import WebSocket

/// Replays contracts against a running provider.
package struct Verifier: Sendable {
  /// A contract and what reports call it.
  package struct Source: Sendable {
    /// The file, as the user named it.
    package var name: String
    /// The contract.
    package var contract: PactFile

    /// Names a contract.
    package init(name: String, contract: PactFile) {
      self.name = name
      self.contract = contract
    }
  }

  private let configuration: VerifyConfiguration

  /// Takes what was asked for.
  package init(_ configuration: VerifyConfiguration = VerifyConfiguration()) {
    self.configuration = configuration
  }

  /// How many interactions would be verified.
  package func selectionCount(in sources: [Source]) -> Int {
    sources.reduce(0) { count, source in
      count + source.contract.interactions.filter { isSelected($0, source) }.count
    }
  }

  /// A conversation that is to be played.
  private struct Job: Sendable {
    var index: Int
    var source: Source
    var conversation: Conversation
  }

  private typealias Outcomes = [ConversationRunner.Outcome]

  /// Plays every conversation that holds a selected interaction; one after the other but for those
  /// that ``VerifyConfiguration/jobs`` lets play at once.
  ///
  /// The interactions before a selected one are played too, since it may stand on them, but only
  /// selected ones are judged.
  ///
  /// - Throws: ``VerifyError/interrupted(_:during:of:verified:)`` when the provider cannot be reached
  ///   or vanishes.
  nonisolated(nonsending) package func verify(
    _ sources: [Source],
    provider: WebSocketURL,
    process: ProviderProcess? = nil
  ) async throws(VerifyError) -> RunReport {
    let begin = MonotonicTime.now()
    var report = RunReport(command: "verify", subject: "\(names(sources)) at \(provider)")
    report.seed = usesChance(sources) ? configuration.seed : nil
    let jobs = self.jobs(sources)
    var done: [Int: Outcomes] = [:]
    if configuration.jobs > 1 { done = try await playAtOnce(jobs, provider, process) }
    // What was late in company is played again alone.
    let alone = jobs.filter { done[$0.index]?.contains(where: \.isLate) ?? true }
    done.merge(
      try await playInTurn(
        alone,
        provider,
        process,
        verified: done.values.reduce(0) { $0 + $1.count }
      )
    ) { $1 }
    for job in jobs {
      report.checks += (done[job.index] ?? []).filter { isSelected($0.interaction, job.source) }.map
      {
        check($0, in: job.source)
      }
    }
    report.duration = begin.duration(to: .now())
    return report
  }

  private func jobs(_ sources: [Source]) -> [Job] {
    var jobs: [Job] = []
    for source in sources {
      for conversation in Conversation.all(of: source.contract.interactions) {
        let last = conversation.interactions.lastIndex { isSelected($0, source) }
        guard let last else { continue }
        var selected = conversation
        selected.interactions = Array(conversation.interactions[...last])
        jobs.append(Job(index: jobs.count, source: source, conversation: selected))
      }
    }
    return jobs
  }

  /// Plays conversations one after the other, on one event loop: that saves changes of thread.
  nonisolated(nonsending) private func playInTurn(
    _ jobs: [Job],
    _ provider: WebSocketURL,
    _ process: ProviderProcess?,
    verified: Int
  ) async throws(VerifyError) -> [Int: Outcomes] {
    let loop = configuration.session.loop ?? .next()
    return try await withTaskExecutorPreference(loop.executor) { () throws(VerifyError) in
      var done: [Int: Outcomes] = [:]
      var verified = verified
      for job in jobs {
        let outcomes = try await play(job, provider, process, on: loop, verified: verified)
        done[job.index] = outcomes
        verified += outcomes.count
      }
      return done
    }
  }

  /// Plays the conversations that may have company, so many at once.
  nonisolated(nonsending) private func playAtOnce(
    _ jobs: [Job],
    _ provider: WebSocketURL,
    _ process: ProviderProcess?
  ) async throws(VerifyError) -> [Int: Outcomes] {
    let jobs = jobs.filter(\.conversation.allowsCompany)
    let result = await withTaskGroup(
      of: (index: Int, result: Result<Outcomes, VerifyError>).self
    ) { group in
      var waiting = jobs[...]
      func start(_ job: Job, _ verified: Int) {
        group.addTask {
          do throws(VerifyError) {
            let loop = ClientLoop.next()
            let outcomes = try await withTaskExecutorPreference(loop.executor) {
              () throws(VerifyError) in
              try await play(job, provider, process, on: loop, verified: verified)
            }
            return (job.index, .success(outcomes))
          } catch {
            return (job.index, .failure(error))
          }
        }
      }
      for _ in 0..<configuration.jobs { if let job = waiting.popFirst() { start(job, 0) } }
      var done: [Int: Outcomes] = [:]
      var count = 0
      while let (index, result) = await group.next() {
        switch result {
        case .success(let outcomes):
          done[index] = outcomes
          count += outcomes.count
        case .failure(let error):
          group.cancelAll()
          return Result<[Int: Outcomes], VerifyError>.failure(error)
        }
        if let job = waiting.popFirst() { start(job, count) }
      }
      return .success(done)
    }
    return try result.get()
  }

  /// Plays one conversation, and says what happened when that cannot be.
  nonisolated(nonsending) private func play(
    _ job: Job,
    _ provider: WebSocketURL,
    _ process: ProviderProcess?,
    on loop: ClientLoop,
    verified: Int
  ) async throws(VerifyError) -> Outcomes {
    do {
      let outcomes = try await play(job.conversation, provider, on: loop)
      if outcomes.contains(where: \.lostConnection) { try await probe(provider) }
      return outcomes
    } catch {
      if let process, let status = await process.waitForExit(until: Self.soon) {
        throw .providerExited(
          "\(status)",
          during: job.conversation.name,
          lastOutput: process.lastOutput
        )
      }
      throw .interrupted(
        error,
        during: job.conversation.name,
        of: job.source.name,
        verified: verified
      )
    }
  }

  /// Whether a provider that dropped a connection still accepts new ones.
  nonisolated(nonsending) private func probe(_ provider: WebSocketURL) async throws(SessionError) {
    let session = LiveSession(
      provider: provider,
      recorder: TranscriptRecorder(),
      options: configuration.session
    )
    try await session.connect("probe")
    await session.closeAll()
  }

  /// How long the end of a process may lag behind that of its sockets.
  private static var soon: MonotonicTime { .now().advanced(by: .milliseconds(500)) }

  private func isSelected(_ interaction: Interaction, _ source: Source) -> Bool {
    configuration.selection.includes(
      interaction,
      of: source.contract.consumer.name,
      in: source.name
    )
  }

  /// Whether requests are made by chance.
  private func usesChance(_ sources: [Source]) -> Bool {
    sources.flatMap(\.contract.interactions).contains { interaction in
      guard case .exchange(let request, _) = interaction.content else { return false }
      return MessageGenerators(request).usesChance
    }
  }

  private func names(_ sources: [Source]) -> String {
    var seen: [String] = []
    for source in sources where !seen.contains(source.contract.provider.name) {
      seen.append(source.contract.provider.name)
    }
    return seen.joined(separator: ", ")
  }

  /// Plays a conversation; a missed time budget counts only when it is missed most of the time.
  nonisolated(nonsending) private func play(
    _ conversation: Conversation,
    _ provider: WebSocketURL,
    on loop: ClientLoop
  ) async throws(SessionError) -> Outcomes {
    let outcomes = try await outcomes(of: conversation, provider, on: loop)
    guard outcomes.contains(where: \.isLate) else {
      return outcomes
    }
    var late = outcomes.map { $0.isLate ? 1 : 0 }
    let attempts = max(1, configuration.budgetAttempts)
    for _ in 1..<attempts {
      for (index, outcome) in try await self.outcomes(of: conversation, provider, on: loop)
        .enumerated()
      where outcome.isLate { late[index] += 1 }
    }
    return zip(outcomes, late).map { outcome, count in
      var outcome = outcome
      if count * 2 <= attempts { outcome.findings.removeAll(where: \.isLate) }
      return outcome
    }
  }

  nonisolated(nonsending) private func outcomes(
    of conversation: Conversation,
    _ provider: WebSocketURL,
    on loop: ClientLoop
  ) async throws(SessionError) -> Outcomes {
    var configuration = configuration
    configuration.session.loop = loop
    var runner = ConversationRunner(conversation, configuration, provider: provider)
    return try await runner.run()
  }

  private func check(_ outcome: ConversationRunner.Outcome, in source: Source) -> CheckResult {
    let isPending = outcome.interaction.isPending
    let findings = outcome.findings.map { finding in
      var finding = finding
      if isPending { finding.severity = .pending }
      return finding
    }
    return CheckResult(
      group: source.name,
      name: outcome.interaction.description,
      status: findings.isEmpty ? .passed : isPending ? .pending : .failed,
      duration: outcome.duration,
      findings: findings
    )
  }
}

extension ConversationRunner.Outcome {
  fileprivate var isLate: Bool { findings.contains(where: \.isLate) }
}

extension Finding {
  fileprivate var isLate: Bool { rule == LateReply.rule }
}
