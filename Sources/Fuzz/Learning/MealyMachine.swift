package import Contract

/// A machine that answers each letter with an output and goes to another state.
///
/// State 0 is the beginning; there is a transition for each state and letter.
package struct MealyMachine: Sendable, Hashable {
  /// Where a letter leads, and what is answered.
  package struct Step: Sendable, Hashable {
    /// The answer.
    package var output: String
    /// The state after.
    package var target: Int

    /// Describes a step.
    package init(_ output: String, _ target: Int) {
      self.output = output
      self.target = target
    }
  }

  /// The names of the letters.
  package var letters: [String]
  /// For each state the step of each letter.
  package var steps: [[Step]]

  /// Describes a machine.
  package init(letters: [String], steps: [[Step]]) {
    self.letters = letters
    self.steps = steps
  }

  /// What is answered to a word, letter by letter.
  package func outputs(of word: [Int]) -> [String] {
    var state = 0
    return word.map { letter in
      let step = steps[state][letter]
      state = step.target
      return step.output
    }
  }

  /// The state after a word.
  package func state(after word: [Int]) -> Int {
    word.reduce(0) { steps[$0][$1].target }
  }

  /// The same machine with its states in the order in which they are reached, by the shortest words
  /// and then by the order of letters; what cannot be reached is left out.
  package var inOrder: MealyMachine {
    var numbers = [0: 0]
    var order = [0]
    var next = 0
    while next < order.count {
      for step in steps[order[next]] where numbers[step.target] == nil {
        numbers[step.target] = order.count
        order.append(step.target)
      }
      next += 1
    }
    return MealyMachine(
      letters: letters,
      steps: order.map { state in
        steps[state].map { Step($0.output, numbers[$0.target] ?? 0) }
      }
    )
  }

  /// The shortest word that is answered differently by another machine, of the letters that both have;
  /// `nil` when there is none.
  ///
  /// - Parameter other: The other machine.
  /// - Returns: Letters of this machine.
  package func difference(from other: MealyMachine) -> [Int]? {
    let shared = letters.indices.compactMap { letter in
      other.letters.firstIndex(of: letters[letter]).map { (own: letter, other: $0) }
    }
    guard !steps.isEmpty, !other.steps.isEmpty else { return nil }
    var seen: Set<[Int]> = [[0, 0]]
    var waiting: [(own: Int, other: Int, word: [Int])] = [(0, 0, [])]
    var next = 0
    while next < waiting.count {
      let (own, theirs, word) = waiting[next]
      next += 1
      for pair in shared {
        let left = steps[own][pair.own]
        let right = other.steps[theirs][pair.other]
        guard left.output == right.output else { return word + [pair.own] }
        guard seen.insert([left.target, right.target]).inserted else { continue }
        waiting.append((left.target, right.target, word + [pair.own]))
      }
    }
    return nil
  }
}

// MARK: - As a state machine

extension MealyMachine {
  /// The machine as reports show it.
  package var stateMachine: StateMachine {
    let transitions = steps.indices.flatMap { state in
      steps[state].enumerated().map { letter, step in
        StateMachine.Transition(
          key: StateMachine.Transition.Key(
            from: state,
            operation: letters[letter],
            reply: step.output,
            to: step.target
          ),
          count: 1
        )
      }
    }
    return StateMachine(states: steps.count, transitions: transitions.sorted())
  }

  /// Takes a machine that was learned before.
  ///
  /// It is `nil` where some state and letter have no transition, or several.
  package init?(_ machine: StateMachine) {
    let letters = Set(machine.transitions.map(\.key.operation)).sorted()
    guard machine.states > 0, !letters.isEmpty else { return nil }
    var steps = [[Step?]](
      repeating: Array(repeating: nil, count: letters.count),
      count: machine.states
    )
    for transition in machine.transitions {
      let key = transition.key
      guard steps.indices.contains(key.from), steps.indices.contains(key.to),
        let letter = letters.firstIndex(of: key.operation), steps[key.from][letter] == nil
      else { return nil }
      steps[key.from][letter] = Step(key.reply, key.to)
    }
    let whole = steps.map { $0.compactMap { $0 } }
    guard whole.allSatisfy({ $0.count == letters.count }) else { return nil }
    self.init(letters: letters, steps: whole)
  }
}
