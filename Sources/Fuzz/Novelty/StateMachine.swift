import Contract

extension Behaviour {
  /// How often an operation has to be seen in a state before an answer that did not come means
  /// something.
  private static let enough = 8
  /// The least share of an answer whose absence elsewhere tells two states apart.
  private static let share = 0.2

  /// How often each operation got each answer.
  private typealias Answers = [String: [String: Int]]

  /// The machine that was learned: states that behave alike are one.
  ///
  /// Two states are told apart when an answer that an operation often gets in one of them never comes in
  /// the other, though it was asked for often enough. Each state joins the one that it shares most
  /// operations with, those with the fewest things done first; so an operation whose answer depends on
  /// values stays in its state. States that were hardly seen are left out.
  ///
  /// - Parameter limit: How many states are drawn at most; those reached last are left out.
  /// - Returns: The machine; its first state is the beginning.
  func machine(limit: Int = 16) -> StateMachine {
    var classes: [Answers] = []
    var classOfState: [State: Int] = [:]
    for state in reachedStates {
      let own = answers(in: state)
      let familiar = own.values.count { $0.values.reduce(0, +) >= Self.enough }
      guard familiar > 0 || state == 0 else { continue }
      let shared = classes.map { Self.agreement($0, own) }
      let best = shared.indices.max { shared[$0] < shared[$1] }
      let place = best.flatMap { shared[$0] * 2 >= familiar ? $0 : nil } ?? classes.count
      if place == classes.count { classes.append([:]) }
      for (operation, replies) in own {
        classes[place][operation, default: [:]].merge(replies, uniquingKeysWith: +)
      }
      classOfState[state] = place
    }
    var counts: [StateMachine.Transition.Key: Int] = [:]
    for (state, followers) in successors {
      guard let from = classOfState[state] else { continue }
      for (number, count) in followers {
        guard let to = classOfState[successor(of: state, by: number)] else { continue }
        let achievement = achievements[number]
        let key = StateMachine.Transition.Key(
          from: from,
          operation: achievement.operation,
          reply: achievement.reply,
          to: to
        )
        counts[key, default: 0] += count
      }
    }
    return StateMachine(
      states: min(classes.count, limit),
      transitions: counts.map { StateMachine.Transition(key: $0.key, count: $0.value) }
        .filter { $0.key.from < limit && $0.key.to < limit }.sorted(),
      hiddenStates: max(0, classes.count - limit)
    )
  }

  /// Every state that something followed on or that something led to: the beginning first, then by how
  /// much was done.
  private var reachedStates: [State] {
    var states: Set<State> = [0]
    for (state, followers) in successors {
      states.insert(state)
      for number in followers.keys { states.insert(successor(of: state, by: number)) }
    }
    return states.sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
  }

  private func answers(in state: State) -> Answers {
    var answers: Answers = [:]
    for (number, count) in successors[state] ?? [:] {
      let achievement = achievements[number]
      answers[achievement.operation, default: [:]][achievement.reply, default: 0] += count
    }
    return answers
  }

  /// How many operations are familiar in both states and answered alike; -1 when one is answered
  /// otherwise.
  private static func agreement(_ left: Answers, _ right: Answers) -> Int {
    var agreement = 0
    for (operation, replies) in left {
      guard let others = right[operation] else { continue }
      if isMissing(replies, in: others) || isMissing(others, in: replies) { return -1 }
      let least = min(replies.values.reduce(0, +), others.values.reduce(0, +))
      if least >= enough { agreement += 1 }
    }
    return agreement
  }

  /// Whether an answer that is common among some never comes among the others.
  private static func isMissing(_ replies: [String: Int], in others: [String: Int]) -> Bool {
    let count = replies.values.reduce(0, +)
    guard count >= enough, others.values.reduce(0, +) >= enough else { return false }
    return replies.contains { reply, times in
      others[reply] == nil && Double(times) >= share * Double(count)
    }
  }
}
