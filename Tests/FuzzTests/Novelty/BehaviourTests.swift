import Testing

@testable import Fuzz

struct BehaviourTests {
  private func sequence(_ text: String) -> [(step: Int, achievement: Achievement)] {
    text.split(separator: " ").enumerated().map { place, name in
      (place + 1, Achievement(operation: String(name), reply: "ok"))
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

  @Test func `the order in which a state is reached does not matter`() {
    var behaviour = Behaviour()
    _ = behaviour.observe(sequence("a b"))
    _ = behaviour.observe(sequence("b a"))
    let before = behaviour.stateCount
    _ = behaviour.observe(sequence("a b a b"))
    #expect(behaviour.stateCount == before)
  }
}
