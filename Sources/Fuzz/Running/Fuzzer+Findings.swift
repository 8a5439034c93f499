import Contract
import Generation
import JSON
import Session
import WebSocket

/// A finding that did not come again so far.
struct Doubt {
  var finding: Finding
  /// The case in which it was seen first.
  var run: CaseRun
  var caseNumber: Int
  /// The cases before that one.
  var history: [ChoiceLog]
  var confirmation: Confirmation
  /// How many cases were tried again because of it.
  var attempts: Int
}

extension Fuzzer {
  /// Tries a finding again, and keeps it when it comes again.
  ///
  /// What does not is in doubt: it may have needed what cases before had left behind. When another
  /// case shows it, that one is tried.
  ///
  /// - Parameters:
  ///   - finding: What was found.
  ///   - run: The case that shows it.
  ///   - caseNumber: The number of the case.
  ///   - mustComeAgain: Whether it is forgotten when it does not come again: others may be to blame.
  ///   - executor: Plays cases.
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) func investigate(
    _ finding: Finding,
    in run: CaseRun,
    caseNumber: Int,
    mustComeAgain: Bool,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    let effort = effort(toSee: run)
    // A later case often needs none of those before it, which is quicker to try and to read.
    let isOld = doubts[finding.signature]?.attempts ?? 0 >= Self.patienceWithDoubts
    let result = try await tryAgain(finding, run, history: isOld ? history : [], &executor)
    guard !result.confirmation.isConfirmed else {
      doubts[finding.signature] = nil
      if let spelling = try await culpableSpelling(of: finding, result, &executor) {
        keep(finding, result, caseNumber: caseNumber, effort, in: spelling)
        executor.options.settledSpellings.insert(spelling)
        return
      }
      keep(finding, result, caseNumber: caseNumber, effort)
      return
    }
    if mustComeAgain {
      known.remove(finding.signature)
    } else if finding.code == LateReplyJudge.rule.code {
      // A time is no fact about the provider unless it comes again.
      statistics.dismissed += 1
      dismissals[finding.signature, default: 0] += 1
      if dismissals[finding.signature, default: 0] < Self.maximumDismissals {
        known.remove(finding.signature)
      }
    } else {
      var finding = finding
      finding.effort = effort
      var doubt =
        doubts[finding.signature]
        ?? Doubt(
          finding: finding,
          run: run,
          caseNumber: caseNumber,
          history: history,
          confirmation: result.confirmation,
          attempts: 0
        )
      doubt.attempts += 1
      doubts[finding.signature] = doubt
      if doubt.attempts < Self.maximumDoubts { known.remove(finding.signature) }
    }
  }

  /// Reports what is still in doubt at the end of the run, after one more try with the cases before.
  ///
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) func settleDoubts(
    _ executor: inout CaseExecutor
  ) async throws(SessionError) {
    for doubt in doubts.values.sorted(by: { $0.caseNumber < $1.caseNumber })
    where findings.count < configuration.maximumFindings {
      let effort = doubt.finding.effort ?? effort(toSee: doubt.run)
      var result = Investigator.Result(
        confirmation: doubt.confirmation,
        run: doubt.confirmation.run ?? doubt.run,
        before: doubt.confirmation.before,
        replays: 0
      )
      if doubt.attempts <= Self.patienceWithDoubts, executor.host.canRestart, !doubt.history.isEmpty
      {
        result = try await tryAgain(doubt.finding, doubt.run, history: doubt.history, &executor)
      }
      keep(doubt.finding, result, caseNumber: doubt.caseNumber, effort)
    }
  }

  nonisolated(nonsending) private func tryAgain(
    _ finding: Finding,
    _ run: CaseRun,
    history: [ChoiceLog],
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Investigator.Result {
    let investigator = Investigator(
      configuration: configuration,
      replyTimes: statistics.replyTimes
    ) { self.tell($0) }
    // What is known goes on being tolerated, but not what is looked for.
    executor.options.known = known.subtracting([finding.signature])
    executor.options.limits.isAlone = executor.host.canRestart
    let result = try await investigator.investigate(finding, in: run, history: history, &executor)
    statistics.replays += result.replays
    return result
  }

  private func keep(
    _ finding: Finding,
    _ result: Investigator.Result,
    caseNumber: Int,
    _ effort: FindingEffort,
    in spelling: Spelling? = nil
  ) {
    var shown = result.run.findings.first { $0.signature == finding.signature } ?? finding
    if let spelling {
      // Said plainly it may still come up.
      known.remove(finding.signature)
      shown = SpellingRule.finding(shown, in: spelling)
      guard known.insert(shown.signature).inserted else { return }
    }
    shown.effort = effort
    shown.effort?.executions = result.replays
    guard !isSameFault(shown, result.run, result.confirmation) else { return }
    keep(
      shown,
      of: result.run,
      caseNumber: caseNumber,
      result.confirmation,
      before: result.before,
      replayedAs: finding.signature
    )
  }

  /// What it took to see something that has just been seen for the first time.
  func effort(toSee run: CaseRun) -> FindingEffort {
    FindingEffort(
      time: begin.duration(to: .now()),
      messages: statistics.messages + run.evidence.sentCount,
      executions: 0,
      steps: 0
    )
  }

  /// Whether a finding is one that is in the report already, told of another message.
  ///
  /// What a broken connection or the end of the process is blamed on is what was not answered yet.
  /// That changes with what else is under way; but when everything that the known finding takes was
  /// said here too, in the same order, it is the same fault.
  private func isSameFault(
    _ finding: Finding,
    _ run: CaseRun,
    _ confirmation: Confirmation
  ) -> Bool {
    guard FaultRules.codes.contains(finding.code) else { return false }
    let said = run.saidMessages
    let isKnown = faults.contains { known in
      FaultRules.mayShow(as: finding.code, known.code) && said.contains(inOrder: known.said)
    }
    if confirmation.isConfirmed, !isKnown { faults.append((finding.code, said)) }
    return isKnown
  }

  /// Adds a finding to the report and writes its files.
  ///
  /// - Parameters:
  ///   - finding: What was found.
  ///   - run: The least that shows it.
  ///   - caseNumber: The case that showed it first.
  ///   - confirmation: How often it came again.
  ///   - before: Runs that have to come before.
  ///   - signature: What a judge of the run calls it, where that is something else.
  func keep(
    _ finding: Finding,
    of run: CaseRun,
    caseNumber: Int,
    _ confirmation: Confirmation,
    before: [CaseRun],
    replayedAs signature: String? = nil
  ) {
    var finding = finding
    finding.severity = confirmation.isConfirmed ? .failure : .flaky
    let messages = run.sentMessages
    finding.effort?.steps = before.reduce(messages) { $0 + $1.sentMessages }
    let how = confirmation.isConfirmed ? "the least that leads there" : "what led there"
    finding.details.append(
      "\(how): \(messages) message\(messages == 1 ? "" : "s")"
        + (before.isEmpty
          ? "" : ", after \(before.count) case\(before.count == 1 ? "" : "s") before")
    )
    finding.talk = SequenceText.talk(of: run)
    finding.details += SequenceText.lines(of: finding.talk).map { "  " + $0 }
    if !run.lastOutput.isEmpty {
      finding.details.append("the provider's last words:")
      finding.details += run.lastOutput.suffix(10).map { "  | \($0)" }
    }
    finding.definition = definition(of: finding)
    finding.reproduction = save(
      finding,
      of: run,
      caseNumber,
      confirmation,
      before,
      signature: signature ?? finding.signature
    )
    findings.append(finding)
    tell(.fuzzing)
  }

  /// Where the document has what a finding blames: its signature names that first.
  private func definition(of finding: Finding) -> SourceLocation? {
    let subject = finding.signature.split(separator: " ").dropFirst().first.map { String($0) }
    let api = configuration.api
    return api.operations.first { $0.name == subject }?.location
      ?? api.message(named: subject ?? "")?.location
  }

  private func save(
    _ finding: Finding,
    of run: CaseRun,
    _ caseNumber: Int,
    _ confirmation: Confirmation,
    _ before: [CaseRun],
    signature: String
  ) -> Reproduction {
    var reproduction = Reproduction(
      seed: configuration.seed,
      command: FuzzCommandText.text(configuration),
      reproduced: confirmation.reproduced,
      attempts: confirmation.attempts
    )
    guard let directory = configuration.failuresDirectory else { return reproduction }
    var builder = ScenarioBuilder()
    for (place, earlier) in before.enumerated() {
      builder.add(earlier, prefix: "before\(place + 1)-", closes: true)
    }
    builder.add(run, closes: false)
    let origin = ScenarioOrigin(
      specification: configuration.api.file,
      seed: configuration.seed,
      caseNumber: caseNumber,
      finding: finding.code,
      signature: signature,
      budget: configuration.budget
    )
    let scenario = builder.scenario(
      name: "\(finding.code) \(finding.rule)",
      summary: finding.message,
      origin: origin
    )
    let name = FailureFiles.name(signature: finding.signature, seed: configuration.seed)
    do throws(SessionError) {
      let files = FailureFiles(directory: directory)
      let paths = try files.write(scenario, run.transcript, name: name)
      reproduction.scenarioFile = paths.scenario
      reproduction.transcriptFile = paths.transcript
      reproduction.command = ReplayCommand.text(
        file: paths.scenario,
        target: configuration.target
      )
    } catch {
      notes.append("\(error)")
    }
    return reproduction
  }
}

/// The rules about what ends a connection or a process, whatever was said last.
private enum FaultRules {
  static let codes: Set<String> = [
    ProcessExitJudge.rule.code, ConnectionDropJudge.rule.code, InternalErrorJudge.rule.code,
    ReconnectJudge.rule.code, CloseHandshakeJudge.rule.code,
  ]

  /// Whether a fault that is told by one rule may come up as a breach of another: who drops a connection
  /// answers no close frame that is on its way.
  static func mayShow(as code: String, _ fault: String) -> Bool {
    code == fault
      || code == CloseHandshakeJudge.rule.code && fault == ConnectionDropJudge.rule.code
  }
}

extension CaseRun {
  /// The names of the messages that were said, in order; of what is no message, what it was.
  fileprivate var saidMessages: [String] {
    actions.compactMap { action in
      switch action {
      case .send(_, let message, _), .sendSpelled(_, let message, _, _): message
      case .input(_, let input): input.label
      default: nil
      }
    }
  }
}

extension Array where Element: Equatable {
  /// Whether all of these are among the elements, in this order.
  fileprivate func contains(inOrder others: [Element]) -> Bool {
    var rest = others[...]
    for element in self where element == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
