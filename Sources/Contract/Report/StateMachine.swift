/// How a provider was seen to behave: in which states which requests get which answers.
package struct StateMachine: Hashable, Sendable {
  /// A request, its answer, and where both lead.
  package struct Transition: Hashable, Sendable {
    /// What makes two transitions the same one.
    package struct Key: Hashable, Sendable {
      /// The state before, from 0, the beginning.
      package var from: Int
      /// The operation that was asked for.
      package var operation: String
      /// The name of the first message of the answer.
      package var reply: String
      /// The state after.
      package var to: Int

      /// Describes a transition.
      package init(from: Int, operation: String, reply: String, to: Int) {
        self.from = from
        self.operation = operation
        self.reply = reply
        self.to = to
      }
    }

    /// What it is.
    package var key: Key
    /// How often it was seen.
    package var count: Int

    /// Describes a transition.
    package init(key: Key, count: Int) {
      self.key = key
      self.count = count
    }
  }

  /// How many states there are; the first is the beginning.
  package var states: Int
  /// What was seen, in the order of states, operations and answers.
  package var transitions: [Transition]
  /// How many more states were reached and left out.
  package var hiddenStates: Int

  /// Describes a machine.
  package init(states: Int, transitions: [Transition], hiddenStates: Int = 0) {
    self.states = states
    self.transitions = transitions
    self.hiddenStates = hiddenStates
  }
}

extension StateMachine.Transition: Comparable {
  /// The order of a drawing.
  package static func < (left: Self, right: Self) -> Bool {
    (left.key.from, left.key.to, left.key.operation, left.key.reply)
      < (right.key.from, right.key.to, right.key.operation, right.key.reply)
  }
}

extension StateMachine {
  /// The machine as a Mermaid state diagram; transitions between the same states share an arrow.
  package var mermaid: String {
    var lines = ["stateDiagram-v2", "  [*] --> s0"]
    var place = 0
    while place < transitions.count {
      let (from, to) = (transitions[place].key.from, transitions[place].key.to)
      var labels: [String] = []
      while place < transitions.count, transitions[place].key.from == from,
        transitions[place].key.to == to
      {
        let key = transitions[place].key
        labels.append("\(key.operation) / \(key.reply)")
        place += 1
      }
      lines.append("  s\(from) --> s\(to): \(labels.joined(separator: "\\n"))")
    }
    if hiddenStates > 0 { lines.append("  note right of s0: \(hiddenStates) more states") }
    return lines.joined(separator: "\n") + "\n"
  }
}
