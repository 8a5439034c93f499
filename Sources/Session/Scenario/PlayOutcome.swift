package import Contract
package import JSON

/// How the playing of a scenario ended; what was seen on the way is in the transcript.
package struct PlayOutcome: Sendable, Hashable {
  /// The ways it can end.
  package enum Ending: Sendable, Hashable {
    /// Every step was played.
    case completed
    /// An expected message did not come in time.
    case missed(step: Int, expected: String)
    /// A connection that a step needed was over.
    case closed(step: Int, connection: String, TranscriptClosure)
    /// A connection ended in another way than was expected.
    case closedOtherwise(step: Int, expected: String, TranscriptClosure)
  }

  /// How it ended.
  package var ending: Ending
  /// The messages that `expect` steps kept, by label.
  package var kept: [String: JSONValue]

  /// States an outcome.
  package init(ending: Ending, kept: [String: JSONValue] = [:]) {
    self.ending = ending
    self.kept = kept
  }

  /// Whether every step was played.
  package var isCompleted: Bool { ending == .completed }
}

extension PlayOutcome.Ending: CustomStringConvertible {
  /// A phrase such as `step 3: no thread_history came`.
  package var description: String {
    switch self {
    case .completed: "completed"
    case .missed(let step, let expected): "step \(step): no \(expected) came"
    case .closed(let step, let connection, let closure):
      "step \(step): connection '\(connection)' is over"
        + (closure.code.map { " with \($0)" } ?? "")
        + (closure.reason.isEmpty ? "" : " (\(closure.reason))")
    case .closedOtherwise(let step, let expected, let closure):
      "step \(step): no \(expected) came, but "
        + (closure.code.map { "\($0)" } ?? "an end without a close frame")
        + (closure.reason.isEmpty ? "" : " (\(closure.reason))")
    }
  }
}
