package import Contract

/// Replies do not take the longer the more was asked before.
package enum LatencyGrowthJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP704",
    name: "latency-growth",
    summary: "the time to a reply does not grow with the number of requests before",
    explanation: """
      The same request was made again and again, one at a time, and each quarter of the replies took \
      longer than the one before, the last one at least three times as long as the first, without \
      saying more; it was so again on a fresh provider, and did not pass when nothing was asked for a \
      while. Example: each 'create_order' goes through all orders there ever were. Use an index, or \
      throw away what is over.
      """
  )

  /// How many replies are needed.
  static let leastReplies = 40
  /// How many times as long the last quarter takes at least.
  private static let leastRatio: Int64 = 3
  /// How much longer the last quarter takes at least, in nanoseconds.
  private static let leastDifference: Int64 = 2_000_000

  /// Finds an operation whose replies take the longer the more of them there were.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard evidence.exchanges.count >= leastReplies, let name = evidence.repeatedOperation else {
      return []
    }
    let times = evidence.replyTimes(of: name)
    guard times.count >= leastReplies, times.count * 2 >= evidence.exchanges.count else {
      return []
    }
    let quarters = quarters(of: times)
    let medians = quarters.map { Self.median($0.map(\.nanoseconds)) }
    let lengths = quarters.map { Self.median($0.map(\.bytes)) }
    guard let first = medians.first, let last = medians.last, last >= first * leastRatio,
      last - first >= leastDifference, (lengths.last ?? 0) * 2 <= (lengths.first ?? 0) * 3,
      zip(medians, medians.dropFirst()).allSatisfy({ $0 * 6 <= $1 * 5 })
    else { return [] }
    let shown = medians.map { Duration.nanoseconds($0).brief }
    var finding = rule.finding(
      "the reply to \(name) takes the longer the more of them there were: \(shown[0]) at first, "
        + "\(shown[3]) after \(times.count)",
      subject: name
    )
    finding.expected = "about \(shown[0]) each time"
    finding.actual = shown.joined(separator: ", ") + " in the quarters of \(times.count) requests"
    return [finding]
  }

  private static func quarters(of times: [ReplyTime]) -> [ArraySlice<ReplyTime>] {
    (0..<4).map { times[times.count * $0 / 4..<times.count * ($0 + 1) / 4] }
  }

  static func median(_ values: [Int64]) -> Int64 { values.sorted()[values.count / 2] }
}

/// How long a reply took, and how much it said.
struct ReplyTime {
  var nanoseconds: Int64
  var bytes: Int64
}

extension Evidence {
  /// How long the replies to an operation took, in the order of the requests; those during which
  /// this program stood still are left out.
  func replyTimes(of operation: String) -> [ReplyTime] {
    exchanges.compactMap { exchange in
      guard exchange.operationName == operation, let taken = exchange.replyNanoseconds,
        let reply = exchange.firstReplyAt, !isStalled(from: exchange.sentAt, to: reply)
      else { return nil }
      let bytes = exchange.replies.reduce(0) { $0 + received[$1].payload.payload.count }
      return ReplyTime(nanoseconds: taken, bytes: Int64(bytes))
    }
  }
}
