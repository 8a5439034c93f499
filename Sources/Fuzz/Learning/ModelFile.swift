package import Contract
import JSON
import Session

/// The file in which a learned machine is kept, to be compared with that of another version.
///
/// The order of its contents depends on the machine alone, so that two files can be compared by line.
package enum ModelFile {
  /// The form of the file.
  private static let version = 1

  /// The text of the file.
  package static func text(_ machine: StateMachine, title: String) -> String {
    let transitions = machine.transitions.map { transition -> JSONValue in
      [
        "from": .number(JSONNumber(transition.key.from)),
        "letter": .string(transition.key.operation),
        "answer": .string(transition.key.reply),
        "to": .number(JSONNumber(transition.key.to)),
      ]
    }
    let lines = transitions.map { "    " + $0.text() }.joined(separator: ",\n")
    return """
      {
        "version": \(version),
        "title": \(JSONValue.string(title).text()),
        "states": \(machine.states),
        "transitions": [
      \(lines)
        ]
      }

      """
  }

  /// Reads the text of a file.
  ///
  /// - Returns: `nil` when it holds no machine with one transition for each state and letter.
  package static func machine(_ bytes: [UInt8]) -> StateMachine? {
    guard let value = try? JSONValue.parse(bytes), value["version"]?.intValue == version,
      let states = value["states"]?.intValue, let items = value["transitions"]?.arrayValue
    else { return nil }
    let transitions = items.compactMap { item -> StateMachine.Transition? in
      guard let from = item["from"]?.intValue, let to = item["to"]?.intValue,
        let letter = item["letter"]?.stringValue, let answer = item["answer"]?.stringValue
      else { return nil }
      return StateMachine.Transition(
        key: StateMachine.Transition.Key(from: from, operation: letter, reply: answer, to: to),
        count: 1
      )
    }
    guard transitions.count == items.count else { return nil }
    let machine = StateMachine(states: states, transitions: transitions.sorted())
    return MealyMachine(machine) == nil ? nil : machine
  }
}
