import Contract
import Session

/// How much more a provider's process has in use after each of several rounds that were all alike.
///
/// The first round is left out: what is made once, when it is needed first, is no growth.
struct GrowthSeries {
  /// With fewer rounds nothing is said.
  static let minimumRounds = 4

  /// The growth in each round, in the order of the rounds.
  let growth: [Int]
  /// How much there was after each round.
  let levels: [Int]
  /// How many messages the client sent in each round.
  let messages: Int
  /// How many connections it opened in each round.
  let connections: Int
  /// How many bytes it sent in each round.
  let bytes: Int

  /// Takes the rounds of a case.
  ///
  /// It is `nil` when there are too few rounds, or they are not alike.
  ///
  /// - Parameters:
  ///   - evidence: The case.
  ///   - figure: What is looked at.
  init?(_ evidence: Evidence, _ figure: KeyPath<ProcessFigures, Int>) {
    let samples = evidence.processSamples
    guard samples.count > Self.minimumRounds + 1 else { return nil }
    levels = samples.dropFirst().map { $0.figures[keyPath: figure] }
    growth = zip(levels.dropFirst(), levels).map(-)
    let rounds = Array(zip(samples.dropFirst(2), samples.dropFirst()))
    let messages = Set(rounds.map { $0.messages - $1.messages })
    let connections = Set(rounds.map { $0.connections - $1.connections })
    guard messages.count == 1, connections.count == 1 else { return nil }
    self.messages = messages.first ?? 0
    self.connections = connections.first ?? 0
    let first = min(samples[1].messages, evidence.saidPayloads.count)
    let last = min(samples[samples.count - 1].messages, evidence.saidPayloads.count)
    bytes = evidence.saidPayloads[first..<last].reduce(0) { $0 + $1.count } / max(1, rounds.count)
  }

  /// Whether it grows in every round by at least so much, and in the later ones not much less than
  /// in the earlier.
  func isSteady(atLeast minimum: Int) -> Bool {
    guard growth.allSatisfy({ $0 >= minimum }) else { return false }
    let half = growth.count / 2
    let early = growth.prefix(half).reduce(0, +)
    let late = growth.suffix(half).reduce(0, +)
    return late * 2 >= early
  }

  /// The growth of one round; the middle of all.
  var typical: Int { growth.sorted()[growth.count / 2] }
}

extension Evidence {
  /// What the rounds of a case do again and again: the request made last.
  var repeatedOperation: String? {
    exchanges.last?.operationName ?? lastSpeaker.flatMap { connections[$0].lastSent?.label }
  }

  /// A finding about growth.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - series: The growth.
  ///   - what: What grows, with its unit.
  ///   - isPerConnection: Whether it takes no more than a connection.
  ///   - shown: A figure as people read it.
  /// - Returns: The finding, with the figures.
  func growthFinding(
    _ rule: JudgeRule,
    _ series: GrowthSeries,
    _ what: String,
    isPerConnection: Bool,
    _ shown: (Int) -> String
  ) -> Finding {
    let subject = isPerConnection ? "opening" : repeatedOperation ?? "opening"
    let cause = isPerConnection ? "a connection" : subject
    var finding = rule.finding(
      "the process has \(shown(series.typical)) more \(what) after each of "
        + "\(series.growth.count) rounds of \(cause)",
      subject: subject
    )
    finding.expected = "as much as after the round before"
    finding.actual = series.levels.map(shown).joined(separator: ", ") + " after the rounds"
    finding.details.append(
      "each round: \(series.connections) connection\(series.connections == 1 ? "" : "s"), "
        + "\(series.messages) message\(series.messages == 1 ? "" : "s"), \(series.bytes) bytes sent"
    )
    return finding
  }
}
