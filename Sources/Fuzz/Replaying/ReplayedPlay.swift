import Contract
import Session

/// One playing of a saved scenario.
struct ReplayedPlay: Sendable {
  /// How the scenario ended; `nil` when a connection could not be opened.
  var outcome: PlayOutcome?
  /// What judges found.
  var findings: [Finding]
  /// The last lines of the provider's process, when it ended.
  var lastOutput: [String]
  /// Whether the provider ended a connection because of what was said wrongly on it.
  var wasRefused = false
  /// How long it took.
  var duration: Duration

  /// Whether a judge found what the scenario was saved for.
  func shows(_ signature: String) -> Bool { findings.contains { $0.signature == signature } }

  /// Whether the scenario was played to its end, or to the refusal that is due.
  var isComplete: Bool {
    guard let outcome else { return false }
    if case .closed = outcome.ending { return wasRefused }
    return outcome.isCompleted
  }
}
