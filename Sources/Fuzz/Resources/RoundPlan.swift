import Generation

/// Rounds that are all alike: a connection, what has to come before, and a request again and again.
struct RoundPlan: Sendable {
  /// The operation that is repeated.
  let operation: String
  /// The operations that come before it in each round.
  let before: [String]
  /// The decisions on the connection.
  private let connections: ChoiceLog
  /// The decisions on each step that comes before.
  private let beginning: [ChoiceLog]
  /// The decisions on the step that is repeated.
  private let request: ChoiceLog

  /// Takes the beginning of a case whose last step is to be repeated.
  ///
  /// It is `nil` when it needs several connections, or has no steps.
  ///
  /// - Parameters:
  ///   - entry: The beginning.
  ///   - vocabulary: The messages.
  ///   - maximumConnections: The most connections that the beginning may have.
  init?(_ entry: Corpus.Entry, _ vocabulary: Vocabulary, maximumConnections: Int) {
    let parts = entry.log.outerParts
    guard let connections = parts.first(where: { $0.label == CasePlanner.connectionsLabel }),
      let request = parts.last(where: { $0.label == .step }), let last = entry.reached.last
    else { return nil }
    let planner = CasePlanner(
      vocabulary: vocabulary,
      source: ChoiceSource(replaying: entry.log),
      maximumConnections: maximumConnections
    )
    guard planner.sockets.count == 1 else { return nil }
    operation = last.operation
    before = entry.reached.dropLast().map(\.operation)
    self.connections = connections.contents
    self.request = request.contents
    beginning = parts.filter { $0.label == .step }.dropLast().map(\.contents)
  }

  /// The decisions of a case with so many rounds, in each of which the request is made so often.
  func log(rounds: Int, repetitions: Int) -> ChoiceLog {
    var log = ChoiceLog()
    log.append(CasePlanner.connectionsLabel, connections)
    for round in 0..<rounds {
      for step in beginning { log.append(.step, step) }
      for _ in 0..<repetitions { log.append(.step, request) }
      if round < rounds - 1 { log.append(.step, Self.closing) }
    }
    return log
  }

  /// How many steps such a case has.
  func steps(rounds: Int, repetitions: Int) -> Int {
    rounds * (beginning.count + repetitions + 1)
  }

  /// The decisions that close the connection.
  private static let closing: ChoiceLog = {
    var log = ChoiceLog(choices: [.boolean(true)])
    let kinds = CasePlanner.kindWeights.count
    log.append(CasePlanner.kindLabel, ChoiceLog(choices: [.index(1, count: kinds)]))
    return log
  }()
}

extension RoundPlan {
  /// A plan for each operation that was answered as it should be, those that need the least first.
  static func plans(
    _ corpus: Corpus,
    _ vocabulary: Vocabulary,
    maximumConnections: Int
  ) -> [RoundPlan] {
    var plans: [String: (plan: RoundPlan, steps: Int)] = [:]
    for entry in corpus.entries {
      guard let last = entry.reached.last, !last.isRefusal,
        plans[last.operation].map({ entry.steps < $0.steps }) ?? true,
        let plan = RoundPlan(entry, vocabulary, maximumConnections: maximumConnections)
      else { continue }
      plans[last.operation] = (plan, entry.steps)
    }
    return plans.values.sorted { ($0.steps, $0.plan.operation) < ($1.steps, $1.plan.operation) }
      .map(\.plan)
  }
}

extension ChoiceLog {
  /// The parts that lie in no other.
  fileprivate var outerParts: [(label: SpanLabel, contents: ChoiceLog)] {
    spans.indices.filter { spans[$0].depth == 0 }.map { place in
      let part = spans[place]
      let start = part.range.lowerBound
      let inner = spans[(place + 1)...].prefix { $0.depth > 0 }.map { span in
        Span(
          label: span.label,
          range: span.range.lowerBound - start..<span.range.upperBound - start,
          depth: span.depth - 1
        )
      }
      let contents = ChoiceLog(choices: Array(choices[part.range]), spans: inner)
      return (part.label, contents)
    }
  }
}
