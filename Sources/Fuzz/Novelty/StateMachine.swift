import Contract

extension Behaviour {
  /// The machine that was learned: states that behave alike are one.
  ///
  /// Two states are alike when no operation was seen with different answers in them. They are merged
  /// greedily, in the order in which they were reached, so the drawing stays small; an operation whose
  /// answer depends on values rather than on what came before leads to several states or to itself.
  ///
  /// - Parameter limit: How many states are drawn at most; rarer ones are left out.
  /// - Returns: The machine; its first state is the beginning.
  func machine(limit: Int = 24) -> StateMachine {
    var classes: [[State]] = []
    var classOfState: [State: Int] = [:]
    for state in reachedStates {
      let place = classes.firstIndex { members in members.allSatisfy { isAlike($0, state) } }
      if let place {
        classes[place].append(state)
      } else {
        classes.append([state])
      }
      classOfState[state] = place ?? classes.count - 1
    }
    var counts: [StateMachine.Transition.Key: Int] = [:]
    for (state, followers) in successors {
      guard let from = classOfState[state] else { continue }
      for (achievement, count) in followers {
        guard let to = classOfState[Self.successor(of: state, by: achievement)] else { continue }
        let known = achievements[achievement]
        let key = StateMachine.Transition.Key(
          from: from,
          operation: known.operation,
          reply: known.reply,
          to: to
        )
        counts[key, default: 0] += count
      }
    }
    let transitions = counts.map { StateMachine.Transition(key: $0.key, count: $0.value) }
      .filter { $0.key.from < limit && $0.key.to < limit }
      .sorted()
    return StateMachine(
      states: min(classes.count, limit),
      transitions: transitions,
      hiddenStates: max(0, classes.count - limit)
    )
  }

  /// Every state that something followed on or that something led to, in the order of the number of
  /// achievements: the beginning first.
  private var reachedStates: [State] {
    var states: Set<State> = [0]
    for (state, followers) in successors {
      states.insert(state)
      for number in followers.keys { states.insert(Self.successor(of: state, by: number)) }
    }
    return states.sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
  }

  /// Whether no operation was seen with different answers in two states.
  private func isAlike(_ left: State, _ right: State) -> Bool {
    let (left, right) = (answers(in: left), answers(in: right))
    return left.allSatisfy { operation, replies in right[operation].map { $0 == replies } ?? true }
  }

  /// For each operation its answers in a state.
  private func answers(in state: State) -> [String: Set<String>] {
    var answers: [String: Set<String>] = [:]
    for achievement in (successors[state] ?? [:]).keys {
      let known = achievements[achievement]
      answers[known.operation, default: []].insert(known.reply)
    }
    return answers
  }
}
