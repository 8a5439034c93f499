import Contract

/// What a run counts.
package struct FuzzStatistics: Sendable {
  /// How many cases were played.
  package var cases = 0
  /// How many of them came from examples and boundaries.
  package var writtenCases = 0
  /// How many messages were sent, those of replays not counted.
  package var messages = 0
  /// How many messages were received.
  package var replies = 0
  /// How long replies took.
  package var replyTimes = ReplyTimes()
  /// How long cases took together.
  package var fuzzingTime: Duration = .zero
  /// How often findings were tried again or made smaller.
  package var replays = 0
  /// For each operation, by its place in the document, how often it was answered.
  package var answered: [Int] = []
  /// What came up of messages and of their schemas.
  var messageCounts = MessageCounts()
  /// Late replies that did not come again, or were explained otherwise.
  package var dismissed = 0
  /// How often this program itself stood still.
  package var stalls = 0
  /// What was said wrongly.
  package var provocations = ProvocationCounts()
  /// A number for all bytes that were sent in cases.
  package var digest = ByteDigest()

  /// How many messages were sent a second.
  package var messagesPerSecond: Double {
    let seconds = Double(fuzzingTime.wholeNanoseconds) / 1e9
    return seconds > 0 ? Double(messages) / seconds : 0
  }

  mutating func add(_ run: CaseRun, _ planned: CaseSchedule.Case) {
    cases += 1
    if planned.phase != .random { writtenCases += 1 }
    messageCounts.add(run, sites: planned.sites)
    messages += run.evidence.sentCount
    replies += run.evidence.received.count
    stalls += run.evidence.stalls.count
    digest.add(run.digest.value)
    provocations.add(run)
    for exchange in run.evidence.exchanges {
      guard let time = exchange.replyNanoseconds else { continue }
      replyTimes.add(nanoseconds: time)
      while answered.count <= exchange.operation { answered.append(0) }
      answered[exchange.operation] += 1
    }
  }

  /// The measures in the order in which a report shows them.
  func measures(
    operations: [Int],
    siteCount: Int,
    baseline: Duration,
    restarts: Int
  ) -> [Statistic] {
    let covered = operations.count { $0 < answered.count && answered[$0] > 0 }
    var measures = [
      Statistic("cases", Double(cases)),
      Statistic("of these from examples and coverage", Double(writtenCases)),
      Statistic("messages sent", Double(messages)),
      Statistic("messages received", Double(replies)),
      Statistic("messages sent a second", messagesPerSecond.rounded()),
      Statistic("operations answered", Double(covered), unit: "of \(operations.count)"),
      Statistic("reply time, median", replyTimes.quantile(0.5).milliseconds, unit: "ms"),
      Statistic("reply time, 99th percentile", replyTimes.quantile(0.99).milliseconds, unit: "ms"),
      Statistic("reply time, longest", replyTimes.maximum.milliseconds, unit: "ms"),
      Statistic("round trip without work", baseline.milliseconds, unit: "ms"),
    ]
    measures += provocations.measures(siteCount: siteCount)
    if replays > 0 { measures.append(Statistic("replays", Double(replays))) }
    if restarts > 0 { measures.append(Statistic("provider restarts", Double(restarts))) }
    return measures
  }
}

extension Duration {
  /// The duration in milliseconds, to the microsecond.
  fileprivate var milliseconds: Double {
    Double(wholeNanoseconds / 1_000) / 1_000
  }
}
