package import Contract
import Session

/// Files and sockets are closed when they are not needed any more.
package enum DescriptorGrowthJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP702",
    name: "descriptor-growth",
    summary: "the provider's process has no more files open after the same requests once more",
    explanation: """
      The same connections and messages were played again and again, each time all connections were \
      closed, and each time the process had more descriptors open; it went on so for more than a \
      hundred. Example: a log file that is opened for each connection and never closed; at the limit \
      (ulimit -n) the provider accepts nobody any more. Look at /proc/PID/fd for what they are. \
      Watched with --provider-cmd, or with --provider-pid, on Linux.
      """
  )

  /// Finds rounds after each of which more is open.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard let series = GrowthSeries(evidence, \.descriptors), series.isSteady(atLeast: 1) else {
      return []
    }
    return [
      evidence.growthFinding(
        rule,
        series,
        "descriptors",
        isPerConnection: series.typical <= series.connections
      ) { "\($0)" }
    ]
  }
}
