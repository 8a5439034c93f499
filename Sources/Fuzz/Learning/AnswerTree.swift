/// What was answered to words so far; words that begin alike share what is known of their beginning.
struct AnswerTree {
  private struct Node {
    /// What was answered to the last letter, with how often.
    var votes: [String: Int] = [:]
    /// The answers that come now and then, none of them mostly; empty where one is certain.
    var changing: Set<String> = []
    var next: [Int: Int] = [:]

    /// What the answer is taken to be.
    var output: String {
      guard changing.isEmpty else { return changing.sorted().joined(separator: " or ") }
      return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    }
  }

  private var nodes = [Node()]
  /// For each letter the answers that are taken for one, as they change for no reason that is seen.
  private var merged: [Int: [String: String]] = [:]

  /// What is answered to a word; `nil` when not all of it is known.
  func outputs(of word: [Int]) -> [String]? {
    var node = 0
    var outputs: [String] = []
    outputs.reserveCapacity(word.count)
    for letter in word {
      guard let next = nodes[node].next[letter] else { return nil }
      node = next
      outputs.append(nodes[node].output)
    }
    return outputs
  }

  /// Keeps what was answered.
  ///
  /// - Returns: The place of the first letter whose answer was another one before; what comes after it
  ///   is not kept.
  mutating func add(_ word: [Int], _ outputs: [String]) -> Int? {
    var node = 0
    for (place, letter) in word.enumerated() {
      node = child(of: node, letter)
      let output = taken(outputs[place], for: letter)
      let isKnown =
        nodes[node].votes.isEmpty || nodes[node].changing.contains(output)
        || nodes[node].changing.isEmpty && nodes[node].output == output
      nodes[node].votes[output, default: 0] += 1
      if !isKnown { return place }
    }
    return nil
  }

  /// Counts one more answer to the last letter of a word.
  mutating func vote(_ output: String, for word: [Int]) {
    guard let letter = word.last else { return }
    nodes[node(of: word)].votes[taken(output, for: letter), default: 0] += 1
  }

  /// Decides what the answer to the last letter of a word is, and forgets what followed on it.
  ///
  /// It is the one that came at least three times of four, else all of them.
  ///
  /// - Returns: The answers that came, the usual one first, and whether one of them is usual.
  mutating func settle(_ word: [Int]) -> (outputs: [String], isUsual: Bool) {
    let node = node(of: word)
    let total = nodes[node].votes.values.reduce(0, +)
    let ordered = nodes[node].votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let isUsual = ordered.first.map { $0.value * 4 >= total * 3 } ?? true
    nodes[node].changing = isUsual ? [] : Set(ordered.map(\.key))
    if isUsual, let first = ordered.first { nodes[node].votes = [first.key: first.value] }
    nodes[node].next = [:]
    return (ordered.map(\.key), isUsual)
  }

  /// Takes these answers to a letter for one from now on, and forgets all that is known.
  mutating func merge(_ outputs: [String], of letter: Int) {
    let whole = Set(outputs.flatMap { $0.split(separator: " or ").map { String($0) } })
    let name = whole.sorted().joined(separator: " or ")
    for output in whole.union(outputs) { merged[letter, default: [:]][output] = name }
    nodes = [Node()]
  }

  private func taken(_ output: String, for letter: Int) -> String {
    merged.isEmpty ? output : merged[letter]?[output] ?? output
  }

  private mutating func child(of node: Int, _ letter: Int) -> Int {
    if let next = nodes[node].next[letter] { return next }
    nodes.append(Node())
    nodes[node].next[letter] = nodes.count - 1
    return nodes.count - 1
  }

  private mutating func node(of word: [Int]) -> Int {
    var node = 0
    for letter in word { node = child(of: node, letter) }
    return node
  }
}
