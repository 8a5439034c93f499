/// How far a run has come.
package struct FuzzProgress: Sendable, Hashable {
  /// What is going on.
  package enum Activity: Sendable, Hashable {
    /// Cases are made and played.
    case fuzzing
    /// A machine is learned.
    case learning
    /// A finding is tried again.
    case confirming(signature: String)
    /// A finding is made smaller.
    case shrinking(signature: String, executions: Int)
  }

  /// What is going on.
  package var activity: Activity
  /// How many cases were played.
  package var cases: Int
  /// How many messages were sent.
  package var messages: Int
  /// How many messages were sent a second, while fuzzing.
  package var messagesPerSecond: Double
  /// How many findings there are.
  package var findings: Int
  /// Where the messages of the last case came from; `nil` before the first case.
  package var phase: FuzzPhase?
  /// How many combinations of answers were reached.
  package var states: Int
  /// How many operations were answered.
  package var operations: Int
  /// How many operations promise an answer.
  package var operationCount: Int
  /// How long the run has taken.
  package var elapsed: Duration
}
