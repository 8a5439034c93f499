package import Contract
import Session

/// Threads end when they are not needed any more.
package enum ThreadGrowthJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP703",
    name: "thread-growth",
    summary: "the provider's process has no more threads after the same requests once more",
    explanation: """
      The same connections and messages were played again and again, each time all connections were \
      closed, and each time the process had more threads; it went on so for more than a hundred. \
      Example: the thread that serves a connection waits for ever for a queue that nobody fills any \
      more. Watched with --provider-cmd, or with --provider-pid, on Linux.
      """
  )

  /// Finds rounds after each of which there are more.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard let series = GrowthSeries(evidence, \.threads), series.isSteady(atLeast: 1) else {
      return []
    }
    return [
      evidence.growthFinding(
        rule,
        series,
        "threads",
        isPerConnection: series.typical <= series.connections
      ) { "\($0)" }
    ]
  }
}
