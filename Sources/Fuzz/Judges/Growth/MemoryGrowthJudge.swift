package import Contract
import Session

/// What a request needed is given back when it is over.
package enum MemoryGrowthJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP701",
    name: "memory-growth",
    summary: "the provider's process does not keep much more than it was told",
    explanation: """
      The same messages were played again and again, each time all connections were closed, and each \
      time the process had more memory in use: several times as much as was sent, and it went on so \
      for 64 MiB. Example: each request is kept in a list that nobody empties, with a buffer of 64 \
      KiB. What a provider has to keep, such as things that were made, takes about as much as was \
      sent; more than 4 KiB and eight times the bytes of each message is a leak. Not watched in \
      Java and .NET, which give nothing back. Watched with --provider-cmd, or with --provider-pid, \
      on Linux.
      """
  )

  /// What a message may leave behind besides a multiple of its length, in bytes.
  private static let freeBytes = 4_096
  /// How many times as much as was sent may be kept.
  private static let factor = 8
  /// Less is below what allocators and kernels count in, in bytes.
  private static let leastBytes = 65_536

  /// Finds rounds after each of which more is in use.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard let series = GrowthSeries(evidence, \.memoryBytes),
      series.isSteady(
        atLeast: max(leastBytes, series.messages * freeBytes + series.bytes * factor)
      )
    else { return [] }
    return [
      evidence.growthFinding(
        rule,
        series,
        "memory in use",
        isPerConnection: false
      ) { "\($0 / 1_024) KiB" }
    ]
  }
}
