/// How far a run has come.
package struct FuzzProgress: Sendable, Hashable {
  /// What is going on.
  package enum Activity: Sendable, Hashable {
    /// Cases are made and played.
    case fuzzing
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
  /// How long the run has taken.
  package var elapsed: Duration
}
