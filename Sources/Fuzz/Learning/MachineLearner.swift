import Generation
package import Session

/// Learns the machine behind answers to words, by asking.
///
/// A state is known by the answers to a few words that tell it from the others; these stand in a tree,
/// and a word is led down the tree to the state that it reaches. Where the learned machine and the
/// provider differ, the one step that is to blame becomes a new state.
///
/// Spec: Angluin, "Learning Regular Sets from Queries and Counterexamples", 1987; the tree of Kearns and
/// Vazirani, 1994; the single step of Rivest and Schapire, 1993; the test words of Chow's W-method, 1978.
package final class MachineLearner {
  /// Asks the provider, from a fresh start; one output for each letter.
  package typealias Query =
    nonisolated(nonsending) (_ word: [Int]) async throws(SessionError) -> [String]

  /// How far learning goes.
  package struct Limits: Sendable {
    /// How many letters are tried behind each known step; 1.
    package var depth = 1
    /// How often each letter is said in a row; 10.
    package var repetitions = 10
    /// How many random words are tried; 100.
    package var randomWords = 100
    /// The most states; 200.
    package var maximumStates = 200
    /// How many answers may change for good before it is given up; 10.
    ///
    /// Those that are outvoted count a quarter.
    package var maximumChanges = 10
    /// Where random words come from.
    package var seed: UInt64 = 1

    /// The defaults.
    package init() {}
  }

  /// An answer that was not always the same.
  package struct Change: Sendable, Hashable {
    /// The word, the letter that it is about last.
    package var word: [Int]
    /// The answers, the usual one first.
    package var outputs: [String]
    /// Whether the first of them is taken to be the answer, and the others were slips.
    package var isOutvoted = false
  }

  /// Why learning ended.
  package enum Ending: Sendable, Hashable {
    /// No word of the limits is answered differently.
    case complete
    /// The time was over; what was not tried may differ.
    case outOfTime
    /// There were more states than are learned.
    case tooManyStates
    /// Answers changed too often.
    case changing
  }

  /// How many words were asked.
  package private(set) var queries = 0
  /// The answers that were not always the same.
  package private(set) var changes: [Change] = []
  /// Why learning ended.
  package private(set) var ending = Ending.complete

  /// How often answers to a letter take turns before they are taken for one.
  private static let patienceWithChanges = 3

  private enum Interruption: Error {
    case session(SessionError)
    case changed, outOfTime, tooManyStates
  }

  private struct Node {
    /// What is asked here; empty at a state.
    var word: [Int] = []
    var children: [[String]: Int] = [:]
    var state = 0
    var parent: Int?
  }

  private let letters: [String]
  private let limits: Limits
  private let isOver: () -> Bool
  private let query: Query
  private var answers = AnswerTree()
  /// How often certain answers to a letter took turns.
  private var unsettled: [[[String]]: Int] = [:]
  private var nodes: [Node] = []
  /// For each state a word that leads there, and its place in the tree.
  private var states: [(access: [Int], node: Int)] = []
  private var machine: MealyMachine

  /// Takes whom to ask.
  ///
  /// - Parameters:
  ///   - letters: The names of the letters.
  ///   - limits: How far to go.
  ///   - isOver: Whether to stop with what is known.
  ///   - query: Asks a word.
  package init(
    letters: [String],
    limits: Limits = Limits(),
    isOver: @escaping () -> Bool = { false },
    query: @escaping Query
  ) {
    self.letters = letters
    self.limits = limits
    self.isOver = isOver
    self.query = query
    machine = MealyMachine(letters: letters, steps: [])
  }

  /// Learns.
  ///
  /// - Parameter rival: A machine that the provider may be like; where the two differ is tried first.
  /// - Returns: The machine, its states in the order in which they are reached; without any state when
  ///   not even the first answers were there in time.
  /// - Throws: What asking throws.
  nonisolated(nonsending) package func learn(
    rival: MealyMachine? = nil
  ) async throws(SessionError) -> MealyMachine {
    while true {
      do throws(Interruption) {
        try await learnOnce(rival)
        return machine.inOrder
      } catch {
        switch error {
        case .session(let error): throw error
        case .outOfTime: ending = .outOfTime
        case .tooManyStates: ending = .tooManyStates
        case .changed:
          let weight = changes.reduce(0) { $0 + ($1.isOutvoted ? 1 : 4) }
          guard weight >= 4 * limits.maximumChanges else { continue }
          ending = .changing
        }
        return machine.steps.isEmpty ? machine : machine.inOrder
      }
    }
  }

  nonisolated(nonsending) private func learnOnce(
    _ rival: MealyMachine?
  ) async throws(Interruption) {
    nodes = [Node()]
    states = [([], 0)]
    try await complete()
    while true {
      if let rival, let word = machine.difference(from: rival), try await refine(by: word) {
        continue
      }
      guard let word = try await counterexample() else { return }
      _ = try await refine(by: word)
    }
  }
}

// MARK: - Asking

extension MachineLearner {
  nonisolated(nonsending) private func ask(_ word: [Int]) async throws(Interruption) -> [String] {
    if let known = answers.outputs(of: word) { return known }
    guard !isOver() else { throw .outOfTime }
    let outputs = try await freshOutputs(of: word)
    guard let place = answers.add(word, outputs) else {
      return answers.outputs(of: word) ?? outputs
    }
    // An answer that was another one before: whichever is usual counts.
    let start = Array(word.prefix(place + 1))
    for _ in 0..<2 {
      answers.vote(try await freshOutputs(of: start)[place], for: start)
    }
    let (outcome, isUsual) = answers.settle(start)
    changes.append(Change(word: start, outputs: outcome, isOutvoted: isUsual))
    if !isUsual, let letter = word.prefix(place + 1).last {
      let key = [outcome.sorted(), ["\(letter)"]]
      unsettled[key, default: 0] += 1
      if unsettled[key, default: 0] >= Self.patienceWithChanges {
        answers.merge(outcome, of: letter)
      }
    }
    throw .changed
  }

  nonisolated(nonsending) private func freshOutputs(
    of word: [Int]
  ) async throws(Interruption) -> [String] {
    queries += 1
    do throws(SessionError) {
      return try await query(word)
    } catch {
      throw .session(error)
    }
  }

  /// What is answered to a word behind another one.
  nonisolated(nonsending) private func ask(
    _ word: [Int],
    behind access: [Int]
  ) async throws(Interruption) -> [String] {
    Array(try await ask(access + word).suffix(word.count))
  }
}

// MARK: - The machine

extension MachineLearner {
  /// Finds out where every letter leads from every state.
  nonisolated(nonsending) private func complete() async throws(Interruption) {
    var steps: [[MealyMachine.Step]] = []
    while steps.count < states.count {
      let access = states[steps.count].access
      var row: [MealyMachine.Step] = []
      for letter in letters.indices {
        let word = access + [letter]
        let target = try await state(after: word)
        row.append(MealyMachine.Step(try await ask([letter], behind: access)[0], target))
      }
      steps.append(row)
    }
    machine = MealyMachine(letters: letters, steps: steps)
  }

  /// The state that a word leads to; one that is like none before is new.
  nonisolated(nonsending) private func state(after word: [Int]) async throws(Interruption) -> Int {
    var node = 0
    while !nodes[node].word.isEmpty {
      let outputs = try await ask(nodes[node].word, behind: word)
      guard let child = nodes[node].children[outputs] else {
        return try addState(word, below: node, outputs)
      }
      node = child
    }
    return nodes[node].state
  }

  private func addState(
    _ access: [Int],
    below node: Int,
    _ outputs: [String]
  ) throws(Interruption) -> Int {
    guard states.count < limits.maximumStates else { throw .tooManyStates }
    nodes.append(Node(state: states.count, parent: node))
    nodes[node].children[outputs] = nodes.count - 1
    states.append((access, nodes.count - 1))
    return states.count - 1
  }

  /// Makes new states until a word is answered as the machine says.
  ///
  /// - Returns: Whether it was answered otherwise before.
  nonisolated(nonsending) private func refine(by word: [Int]) async throws(Interruption) -> Bool {
    var isRefined = false
    while true {
      let actual = try await ask(word)
      let expected = machine.outputs(of: word)
      guard let end = actual.indices.first(where: { actual[$0] != expected[$0] }) else {
        return isRefined
      }
      isRefined = true
      try await split(by: Array(word.prefix(end + 1)))
    }
  }

  /// Finds the one step of a word after which the machine is in another state than it thinks.
  nonisolated(nonsending) private func split(by word: [Int]) async throws(Interruption) {
    let truth = try await ask(word).last
    // From its state after `low` letters the rest is answered truly, from that after `high` not.
    var low = 0
    var high = word.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      let access = states[machine.state(after: Array(word.prefix(middle)))].access
      let rest = Array(word.dropFirst(middle))
      if try await ask(rest, behind: access).last == truth { low = middle } else { high = middle }
    }
    let rest = Array(word.dropFirst(low + 1))
    let before = states[machine.state(after: Array(word.prefix(low)))].access
    let access = before + [word[low]]
    let old = machine.state(after: Array(word.prefix(low + 1)))
    let (oldOutputs, outputs) = (
      try await ask(rest, behind: states[old].access), try await ask(rest, behind: access)
    )
    guard oldOutputs != outputs else {
      // Cannot be while answers stay the same.
      changes.append(
        Change(word: access + rest, outputs: [oldOutputs, outputs].compactMap(\.last))
      )
      throw .changed
    }
    let node = states[old].node
    nodes[node].word = rest
    nodes.append(Node(state: old, parent: node))
    nodes[node].children[oldOutputs] = nodes.count - 1
    states[old].node = nodes.count - 1
    _ = try addState(access, below: node, outputs)
    try await complete()
  }
}

// MARK: - Testing

extension MachineLearner {
  /// A word that is answered otherwise than by the machine; `nil` when the limits know none.
  nonisolated(nonsending) private func counterexample() async throws(Interruption) -> [Int]? {
    // What is counted shows when it is said again and again.
    for letter in letters.indices {
      for state in states.indices {
        let word = states[state].access + Array(repeating: letter, count: limits.repetitions)
        if try await differs(word) { return word }
      }
    }
    var random = RandomNumbers(seed: limits.seed)
    for _ in 0..<limits.randomWords {
      let length = 2 + random.below(states.count + 8)
      let word = (0..<length).map { _ in random.below(letters.count) }
      if try await differs(word) { return word }
    }
    for depth in 0...max(0, limits.depth) {
      for state in states.indices {
        for middle in words(of: depth + 1) {
          let word = states[state].access + middle
          let all = tellingWords(of: machine.state(after: word))
          // Behind known steps every word is tried; farther off the one that tells most.
          for tail in depth == 0 ? all : Array(all.prefix(1)) where try await differs(word + tail) {
            return word + tail
          }
        }
      }
    }
    return nil
  }

  nonisolated(nonsending) private func differs(_ word: [Int]) async throws(Interruption) -> Bool {
    try await ask(word) != machine.outputs(of: word)
  }

  /// Every word of so many letters, in order.
  private func words(of length: Int) -> [[Int]] {
    (0..<length).reduce([[]]) { words, _ in
      words.flatMap { word in letters.indices.map { word + [$0] } }
    }
  }

  /// The words whose answers tell a state from all others; an empty one where there is no other.
  private func tellingWords(of state: Int) -> [[Int]] {
    var words: [[Int]] = []
    var node = nodes[states[state].node].parent
    while let next = node {
      words.append(nodes[next].word)
      node = nodes[next].parent
    }
    return words.isEmpty ? [[]] : words
  }
}
