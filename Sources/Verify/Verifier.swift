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
    sources.flatMap(\.contract.interactions).filter(isSelected).count
  }

  /// Plays every conversation that holds a selected interaction, one after the other.
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
    for source in sources {
      for conversation in Conversation.all(of: source.contract.interactions) {
        guard let last = conversation.interactions.lastIndex(where: isSelected) else { continue }
        var selected = conversation
        selected.interactions = Array(conversation.interactions[...last])
        do {
          let outcomes = try await play(selected, provider: provider)
          if outcomes.contains(where: \.lostConnection) { try await probe(provider) }
          report.checks += outcomes.filter { isSelected($0.interaction) }.map {
            check($0, in: source)
          }
        } catch {
          if let process, let status = await process.waitForExit(until: Self.soon) {
            throw .providerExited(
              "\(status)",
              during: conversation.name,
              lastOutput: process.lastOutput
            )
          }
          throw .interrupted(
            error,
            during: conversation.name,
            of: source.name,
            verified: report.checks.count
          )
        }
      }
    }
    report.duration = begin.duration(to: .now())
    return report
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

  private func isSelected(_ interaction: Interaction) -> Bool {
    configuration.filter.isEmpty || interaction.description.contains(configuration.filter)
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
    provider: WebSocketURL
  ) async throws(SessionError) -> [ConversationRunner.Outcome] {
    var runner = ConversationRunner(conversation, configuration, provider: provider)
    let outcomes = try await runner.run()
    guard outcomes.contains(where: { $0.findings.contains(where: \.isLate) }) else {
      return outcomes
    }
    var late = outcomes.map { $0.findings.contains(where: \.isLate) ? 1 : 0 }
    let attempts = max(1, configuration.budgetAttempts)
    for _ in 1..<attempts {
      var again = ConversationRunner(conversation, configuration, provider: provider)
      for (index, outcome) in try await again.run().enumerated()
      where outcome.findings.contains(where: \.isLate) { late[index] += 1 }
    }
    return zip(outcomes, late).map { outcome, count in
      var outcome = outcome
      if count * 2 <= attempts { outcome.findings.removeAll(where: \.isLate) }
      return outcome
    }
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

extension Finding {
  fileprivate var isLate: Bool { rule == LateReply.rule }
}
