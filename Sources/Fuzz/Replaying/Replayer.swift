package import Contract
package import Session
import WebSocket

/// Plays a saved scenario again and says what became of its finding.
///
/// The verdict does not hang on chance: the scenario is played until most of its plays agree.
package final class Replayer {
  /// What is played, and against what.
  package let configuration: ReplayConfiguration
  /// What became of the finding; `nil` before ``run()``.
  package private(set) var verdict: ReplayVerdict?
  /// Everything that was seen when it was played last.
  package private(set) var transcript: Transcript?

  /// Takes what to play.
  package init(_ configuration: ReplayConfiguration) { self.configuration = configuration }

  /// Plays the scenario.
  ///
  /// - Returns: One check with the verdict, and what was found.
  /// - Throws: ``SessionError`` when there is no provider to play to.
  nonisolated(nonsending) package func run() async throws(SessionError) -> RunReport {
    let begin = MonotonicTime.now()
    let host = ProviderHost(configuration.target, logFile: configuration.providerLog)
    let result = await plays(host)
    await host.stop()
    let plays = try result.get()
    let verdict = judge(plays)
    self.verdict = verdict
    return report(plays, verdict, duration: begin.duration(to: .now()))
  }

  private var signature: String? { configuration.scenario.origin?.signature }

  private var limits: JudgeLimits {
    JudgeLimits(budget: configuration.scenario.origin?.budget ?? configuration.budget)
  }
}

// MARK: - Playing

extension Replayer {
  nonisolated(nonsending) private func plays(
    _ host: ProviderHost
  ) async -> Result<[ReplayedPlay], SessionError> {
    let index = configuration.api.map(APIIndex.init)
    var session = configuration.session
    if session.stallDetector == nil { session.stallDetector = StallDetector() }
    if let index { session.automaticReply = HeartbeatReplies(index).automaticReply }
    var plays: [ReplayedPlay] = []
    do throws(SessionError) {
      while !isDecided(plays) { plays.append(try await play(host, session, index)) }
      return .success(plays)
    } catch {
      return .failure(error)
    }
  }

  private func isDecided(_ plays: [ReplayedPlay]) -> Bool {
    // Without a finding to look for there is nothing to vote on.
    guard let signature else { return !plays.isEmpty }
    let reproduced = plays.count { $0.shows(signature) }
    let others = plays.count - reproduced
    let wanted = max(1, configuration.attempts)
    return reproduced * 2 > wanted || others * 2 > wanted || plays.count >= wanted
  }

  nonisolated(nonsending) private func play(
    _ host: ProviderHost,
    _ session: SessionOptions,
    _ index: APIIndex?
  ) async throws(SessionError) -> ReplayedPlay {
    let begin = MonotonicTime.now()
    let url = try await host.restart()
    var session = session
    if configuration.needsProcess {
      session.processProbe = (host.processID ?? configuration.providerProcess)
        .map(ProcessProbe.init)
    }
    let recorder = try TranscriptRecorder(file: configuration.transcriptFile)
    let player = ScenarioPlayer(session: session, expectTimeout: limits.patience)
    let states = configuration.stateURL.map {
      ProviderStateClient(url: $0, tls: configuration.session.tls)
    }
    var outcome: PlayOutcome?
    do throws(SessionError) {
      outcome = try await player.play(
        configuration.scenario,
        on: url,
        states: states,
        recorder: recorder
      )
    } catch {
      // A connection that is refused after others were not is what a judge wants to know.
      guard case .noConnection = error, recorder.hasConnected else { throw error }
    }
    if host.exitStatus == nil, let refusal = try await Self.refusal(url, session) {
      recorder.record(refusal, connection: "probe")
    }
    await watchProcess(host, recorder)
    recorder.close()
    transcript = recorder.transcript
    let evidence = index.map { Evidence($0, transcript: recorder.transcript) }
    return ReplayedPlay(
      outcome: outcome,
      findings: evidence.map { Judges.findings(in: $0, limits: limits) } ?? [],
      lastOutput: host.exitStatus == nil ? [] : host.lastOutput,
      wasRefused: evidence.map { evidence in
        evidence.connections.contains { evidence.provocation(ending: $0) != nil }
      } ?? false,
      duration: begin.duration(to: .now())
    )
  }

  /// Writes down the end of the provider's process.
  ///
  /// It is waited for a moment when no new connection was accepted, or when it is what is looked for.
  nonisolated(nonsending) private func watchProcess(
    _ host: ProviderHost,
    _ recorder: TranscriptRecorder
  ) async {
    var status = host.exitStatus
    let isLookedFor = signature?.hasPrefix(ProcessExitJudge.rule.code) ?? false
    if status == nil, recorder.hasRefusal || isLookedFor, host.canRestart {
      status = await host.waitForExit(within: CaseExecutor.exitPatience)
    }
    guard let status else { return }
    recorder.record(.providerExited(code: status.code, signal: status.signal))
  }

  nonisolated(nonsending) private static func refusal(
    _ url: WebSocketURL,
    _ session: SessionOptions
  ) async throws(SessionError) -> TranscriptEvent.Kind? {
    let recorder = TranscriptRecorder()
    let live = LiveSession(provider: url, recorder: recorder, options: session)
    do throws(SessionError) {
      try await live.connect("probe")
    } catch {
      if case .cancelled = error { throw error }
      return recorder.transcript.events.last?.kind
    }
    await live.closeAll()
    return nil
  }
}

extension TranscriptRecorder {
  /// Whether any connection came to be.
  fileprivate var hasConnected: Bool {
    transcript.events.contains { if case .opened = $0.kind { true } else { false } }
  }

  /// Whether any connection did not come to be.
  fileprivate var hasRefusal: Bool {
    transcript.events.contains { if case .refused = $0.kind { true } else { false } }
  }
}

// MARK: - The verdict

extension Replayer {
  private func judge(_ plays: [ReplayedPlay]) -> ReplayVerdict {
    guard let signature else {
      let isFine = plays.allSatisfy { $0.findings.isEmpty && $0.isComplete }
      return isFine ? .passed : .failed
    }
    let reproduced = plays.count { $0.shows(signature) }
    if reproduced > 0 { return .stillFails(reproduced: reproduced, attempts: plays.count) }
    let others = plays.count { !$0.findings.isEmpty || !$0.isComplete }
    return others * 2 > plays.count ? .drifted : .fixed
  }

  private func report(
    _ plays: [ReplayedPlay],
    _ verdict: ReplayVerdict,
    duration: Duration
  ) -> RunReport {
    let scenario = configuration.scenario
    var findings = shown(plays, verdict)
    let outcome = plays.last?.outcome?.ending
    if findings.isEmpty, verdict == .failed || verdict == .drifted {
      let ending = outcome.map { "\($0)" } ?? "the scenario could not be played to its end"
      findings = [Finding(rule: "scenario", message: ending)]
    }
    let check = CheckResult(
      group: configuration.file,
      name: scenario.name,
      status: verdict.isFine ? .passed : .failed,
      note: note(verdict, attempts: plays.count),
      duration: plays.map(\.duration).reduce(.zero, +),
      findings: findings
    )
    var report = RunReport(
      command: "replay",
      subject: configuration.file,
      seed: scenario.origin?.seed,
      checks: [check],
      duration: duration
    )
    report.rules = Judges.help(for: findings)
    return report
  }

  /// The finding itself, or the others that came instead.
  private func shown(_ plays: [ReplayedPlay], _ verdict: ReplayVerdict) -> [Finding] {
    switch verdict {
    case .fixed, .passed:
      return []
    case .stillFails(let reproduced, let attempts):
      guard let signature else { return [] }
      let play = plays.last { $0.shows(signature) }
      guard var finding = play?.findings.first(where: { $0.signature == signature }) else {
        return []
      }
      finding.severity = reproduced * 2 > attempts ? .failure : .flaky
      finding.reproduction = Reproduction(
        seed: configuration.scenario.origin?.seed,
        command: ReplayCommand.text(file: configuration.file, target: configuration.target),
        scenarioFile: configuration.file,
        transcriptFile: configuration.transcriptFile,
        reproduced: reproduced,
        attempts: attempts
      )
      if let output = play?.lastOutput, !output.isEmpty {
        finding.details.append("the provider's last words:")
        finding.details += output.suffix(10).map { "  | \($0)" }
      }
      return [finding]
    case .drifted, .failed:
      return plays.last { !$0.findings.isEmpty }?.findings ?? []
    }
  }

  private func note(_ verdict: ReplayVerdict, attempts: Int) -> String {
    let origin = configuration.scenario.origin
    let finding = origin.map { $0.finding } ?? ""
    switch verdict {
    case .fixed:
      return "FIXED: \(finding) did not come again in \(attempts) plays"
    case .stillFails(let reproduced, let attempts):
      return "STILL FAILS: \(finding) came again in \(reproduced) of \(attempts) plays"
    case .drifted:
      return "DRIFTED: \(finding) did not come again, but something else is wrong"
    case .passed:
      return "PASSED"
    case .failed:
      return "FAILED"
    }
  }
}
