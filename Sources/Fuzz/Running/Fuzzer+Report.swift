import Contract
import Generation
import Session
import WebSocket

extension Fuzzer {
  func tell(_ activity: FuzzProgress.Activity) {
    guard let progress else { return }
    let now = MonotonicTime.now()
    guard lastProgress.duration(to: now) >= Self.progressPeriod else { return }
    lastProgress = now
    progress(
      FuzzProgress(
        activity: activity,
        cases: statistics.cases,
        messages: statistics.messages,
        messagesPerSecond: statistics.messagesPerSecond,
        findings: findings.count,
        phase: reach?.phase,
        states: reach?.states ?? 1,
        operations: statistics.answered.count { $0 > 0 },
        operationCount: answerable.count,
        elapsed: begin.duration(to: now)
      )
    )
  }

  /// The operations that promise an answer, by their places in the document.
  var answerable: [Int] {
    configuration.api.operations.indices.filter { place in
      let operation = configuration.api.operations[place]
      return operation.direction == .toProvider && operation.reply != nil
    }
  }

  func report(
    _ vocabulary: Vocabulary,
    _ url: WebSocketURL,
    _ baseline: Duration,
    _ host: ProviderHost
  ) -> RunReport {
    for signature in acceptedSeen.sorted() {
      notes.append("accepted, so not reported: \(signature)")
    }
    if statistics.dismissed > 0 {
      let count = statistics.dismissed
      notes.append(
        "\(count) late repl\(count == 1 ? "y" : "ies") did not come again and "
          + "\(count == 1 ? "is" : "are") not reported"
      )
    }
    if statistics.stalls > 0 {
      let count = statistics.stalls
      notes.append(
        "this program stood still \(count) time\(count == 1 ? "" : "s"), which "
          + "\(count == 1 ? "does" : "do") not count"
      )
    }
    if findings.count >= configuration.maximumFindings {
      notes.append("stopped after \(findings.count) finding\(findings.count == 1 ? "" : "s")")
    }
    var report = RunReport(
      command: "fuzz",
      subject: "\(configuration.api.title) \(configuration.api.version) at \(url)",
      seed: configuration.seed,
      findings: findings,
      statistics: statistics.measures(
        operations: answerable,
        siteCount: vocabulary.inputs?.siteCount ?? 0,
        baseline: baseline,
        restarts: host.restarts
      ) + [
        Statistic("combinations of answers reached", Double(behaviour.stateCount)),
        Statistic("answers seen one after another", Double(behaviour.transitionCount)),
        Statistic("beginnings gone on from", Double(corpus.entries.count { $0.uses > 0 })),
      ]
        + (rounds.messages > 0
          ? [Statistic("messages in rounds, to see what grows", Double(rounds.messages))] : []),
      notes: notes,
      duration: begin.duration(to: .now())
    )
    report.rules = Judges.help(for: findings)
    report.coverage = coverage(vocabulary)
    let machine = behaviour.machine()
    report.machine = machine.transitions.isEmpty ? nil : machine
    return report
  }
}

extension ProviderTarget {
  /// What the user gave.
  var text: String {
    switch self {
    case .url(let url): "\(url)"
    case .command(let command): "'\(command.command)'"
    }
  }
}
