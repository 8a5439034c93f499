import Contract
import Testing

@testable import Fuzz

struct BehaviourTests {
  private func sequence(_ text: String) -> [AchievedStep] {
    steps(text.split(separator: " ").map { Achievement(operation: String($0), reply: "ok") })
  }

  private func steps(_ achievements: [Achievement], on connections: [Int] = []) -> [AchievedStep] {
    achievements.enumerated().map { place, achievement in
      AchievedStep(
        step: place + 1,
        connection: connections.isEmpty ? 0 : connections[place],
        achievement: achievement
      )
    }
  }

  @Test func `new states, transitions and repetitions are told by their steps`() {
    var behaviour = Behaviour()
    // The first of each and every pair; the third b comes for the third time after b for the second.
    #expect(behaviour.observe(sequence("a b b b")) == [1, 2, 3, 4])
    #expect(behaviour.observe(sequence("a b b b")) == [])
    #expect(behaviour.observe(sequence("b a")) == [1, 2])
    #expect(behaviour.stateCount == 4)
  }

  @Test func `what is refused leads nowhere`() {
    var behaviour = Behaviour()
    let refused = Achievement(operation: "a", reply: "error", isRefusal: true)
    _ = behaviour.observe(steps([refused, refused]))
    #expect(behaviour.stateCount == 1)
    #expect(behaviour.machine().states == 1)
  }

  @Test func `a machine has a state for what must come before`() {
    var behaviour = Behaviour()
    let early = Achievement(operation: "read", reply: "error", isRefusal: true)
    let enter = Achievement(operation: "enter", reply: "entered")
    let read = Achievement(operation: "read", reply: "text")
    for _ in 0..<10 {
      _ = behaviour.observe(steps([early, enter, read, enter, read]))
    }
    let machine = behaviour.machine()
    #expect(machine.states == 2)
    #expect(
      machine.mermaid == """
        stateDiagram-v2
          [*] --> s0
          s0 --> s0: read / error
          s0 --> s1: enter / entered
          s1 --> s1: enter / entered\\nread / text

        """
    )
  }

  @Test func `the machine is that of one connection, whatever others do meanwhile`() {
    var behaviour = Behaviour()
    let early = Achievement(operation: "read", reply: "error", isRefusal: true)
    let enter = Achievement(operation: "enter", reply: "entered")
    let read = Achievement(operation: "read", reply: "text")
    for _ in 0..<10 {
      _ = behaviour.observe(steps([enter, early, read, early, read], on: [0, 1, 0, 1, 0]))
    }
    #expect(
      behaviour.machine().mermaid == """
        stateDiagram-v2
          [*] --> s0
          s0 --> s0: read / error
          s0 --> s1: enter / entered
          s1 --> s1: read / text

        """
    )
    // What is new is what all of them did together.
    #expect(behaviour.stateCount == 3)
  }

  @Test func `the order in which a state is reached does not matter`() {
    var behaviour = Behaviour()
    _ = behaviour.observe(sequence("a b"))
    _ = behaviour.observe(sequence("b a"))
    let before = behaviour.stateCount
    _ = behaviour.observe(sequence("a b a b"))
    #expect(behaviour.stateCount == before)
  }
}
