import Contract
import Generation
import Session

extension Fuzzer {
  /// Finds out whether it is the spelling that a confirmed finding hangs on.
  ///
  /// - Parameters:
  ///   - finding: What was found.
  ///   - result: How it came again.
  ///   - executor: Plays cases.
  /// - Returns: The spelling; `nil` where none was used, or it comes without it as well.
  /// - Throws: ``SessionError`` when the provider cannot be started any more.
  nonisolated(nonsending) func culpableSpelling(
    of finding: Finding,
    _ result: Investigator.Result,
    _ executor: inout CaseExecutor
  ) async throws(SessionError) -> Spelling? {
    let spelling = result.run.spelling
    guard spelling != .plain else { return nil }
    let plain = result.run.log.spelledPlainly
    for _ in 0..<max(1, configuration.confirmations) {
      let (run, _) = try await executor.replay(
        plain,
        isFresh: true,
        history: result.confirmation.history
      )
      statistics.replays += 1
      if run.findings.contains(where: { $0.signature == finding.signature }) { return nil }
    }
    return spelling
  }
}

extension ChoiceLog {
  /// The decisions with every message in its plain spelling.
  var spelledPlainly: ChoiceLog {
    guard
      let part = spans.firstIndex(where: { $0.depth == 0 && $0.label == CasePlanner.spellingLabel })
    else { return self }
    return replacing(part: part, by: ChoiceLog(choices: [.boolean(false)]))
  }
}
