import Contract
import Fuzz
import Testing

struct ModelFileTests {
  static let machine = StateMachine(
    states: 2,
    transitions: [
      transition(0, "enter", "entered", 1), transition(0, "read", "error", 0),
      transition(1, "enter", "entered", 1), transition(1, "read", "text \"a\"", 1),
    ]
  )

  private static func transition(
    _ from: Int,
    _ letter: String,
    _ answer: String,
    _ to: Int
  ) -> StateMachine.Transition {
    StateMachine.Transition(
      key: StateMachine.Transition.Key(from: from, operation: letter, reply: answer, to: to),
      count: 1
    )
  }

  @Test func `a machine comes back from its file, and has one text`() throws {
    let text = ModelFile.text(Self.machine, title: "Doors")
    let read = try #require(ModelFile.machine(Array(text.utf8)))
    #expect(read.states == 2)
    #expect(Set(read.transitions) == Set(Self.machine.transitions))
    #expect(ModelFile.text(read, title: "Doors") == ModelFile.text(read, title: "Doors"))
    #expect(text.split(separator: "\n").count == 11)
  }

  @Test(arguments: [
    "", "{}", #"{"version":1,"states":1,"transitions":[]}"#,
    #"{"version":1,"states":1,"transitions":[{"from":0,"letter":"a","answer":"x","to":1}]}"#,
    #"{"version":1,"states":2,"transitions":[{"from":0,"letter":"a","answer":"x","to":1}]}"#,
  ])
  func `what is no whole machine is not taken for one`(text: String) {
    #expect(ModelFile.machine(Array(text.utf8)) == nil)
  }

  @Test func `machines differ on the shortest conversation`() throws {
    let old = try #require(MealyMachine(Self.machine))
    var new = old
    let (enter, read) = (0, 1)
    new.steps[1][read].output = "nothing"
    #expect(new.difference(from: old) == [enter, read])
    #expect(old.difference(from: old) == nil)
  }
}
